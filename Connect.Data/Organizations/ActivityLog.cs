using System.Collections.Concurrent;

namespace Connect.Data.Organizations;

/// <summary>
/// Notes active organizations in memory, because a cached answer must not cost a write. Notes are flushed every few
/// seconds, and kept while a flush fails.
/// </summary>
public sealed class ActivityLog
{
    // The order of warming needs no finer one.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, long> _noted = new();
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private int _count;

    internal ActivityLog(TimeProvider time, int capacity) => (_time, _capacity) = (time, capacity);

    /// <summary>Notes that an organization's matches were read. Over the bound, further organizations are not noted.</summary>
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

    /// <summary>The notes, with monotonic time stamps of this process.</summary>
    internal KeyValuePair<Guid, long>[] Read() => _noted.ToArray();

    /// <summary>Removes stored notes; organizations that were noted again meanwhile stay for the next flush.</summary>
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
