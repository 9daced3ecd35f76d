using System.Collections.Concurrent;

namespace Connect.Caching.Generations;

/// <summary>The generations of recent notifications, and the waits for one.</summary>
internal sealed class HeardGenerations(TimeProvider time)
{
    // Only generations that this instance has just committed are looked up here.
    private const int MaxHeard = 10_000;

    private readonly ConcurrentDictionary<Waiter, byte> _waiters = new();
    private readonly ConcurrentDictionary<string, long> _generations = new(StringComparer.Ordinal);

    /// <summary>Stores a notification. Called by the listener's thread only.</summary>
    public void Add(string row, long generation)
    {
        if (_generations.Count >= MaxHeard)
        {
            _generations.Clear();
        }

        _generations[row] = generation;
        foreach (var (waiter, _) in _waiters)
        {
            waiter.Offer(row, generation);
        }
    }

    /// <summary>Starts to wait for a notification of this row with at least this generation.</summary>
    public Waiter Expect(string row, long generation)
    {
        var waiter = new Waiter(this, row, generation);
        _waiters.TryAdd(waiter, 0);

        // It may have arrived before this wait started.
        if (_generations.TryGetValue(row, out var heard))
        {
            waiter.Offer(row, heard);
        }

        return waiter;
    }

    /// <summary>Waits for one notification.</summary>
    internal sealed class Waiter(HeardGenerations generations, string row, long generation) : IDisposable
    {
        private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Offer(string heardRow, long heardGeneration)
        {
            if (heardGeneration >= generation && heardRow == row)
            {
                _heard.TrySetResult();
            }
        }

        /// <summary>True when it was heard within the bound.</summary>
        public async Task<bool> WaitAsync(TimeSpan bound)
        {
            if (_heard.Task.IsCompleted || bound <= TimeSpan.Zero)
            {
                return _heard.Task.IsCompleted;
            }

            await Task.WhenAny(_heard.Task, Task.Delay(bound, generations.Time)).ConfigureAwait(false);
            return _heard.Task.IsCompleted;
        }

        public void Dispose() => generations._waiters.TryRemove(this, out _);
    }

    private TimeProvider Time => time;
}
