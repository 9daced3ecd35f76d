using System.Collections.Concurrent;

namespace Connect.Data.Organizations;

/// <summary>
/// Notes which organizations are active, in memory: a cached answer must not cost a write. What is noted is flushed
/// every few seconds, and kept while it cannot be.
/// </summary>
public sealed class ActivityLog
{
    // A moment's precision is all that the order of warming needs.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, long> _noted = new();
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private int _count;

    internal ActivityLog(TimeProvider time, int capacity) => (_time, _capacity) = (time, capacity);

    /// <summary>Notes that an organization's matches were read. Over the bound, others than those noted are left out.</summary>
    public void Note(Guid organizationId)
    {
        var now = _time.GetTimestamp();
        if (_noted.TryGetValue(organizationId, out var before))
        {
            if (_time.GetElapsedTime(before, now) >= Resolution)
            {
                _noted[organizationId] = now;
            }
        }
        else if (Volatile.Read(ref _count) < _capacity && _noted.TryAdd(organizationId, now))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>What is noted, with monotonic time stamps.</summary>
    internal KeyValuePair<Guid, long>[] Read() => _noted.ToArray();

    /// <summary>Forgets what was stored; what was noted again meanwhile stays for the next time.</summary>
    internal void Forget(KeyValuePair<Guid, long>[] stored)
    {
        foreach (var entry in stored)
        {
            if (_noted.TryRemove(entry))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
