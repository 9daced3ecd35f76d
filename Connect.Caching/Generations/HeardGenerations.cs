using System.Collections.Concurrent;

namespace Connect.Caching.Generations;

/// <summary>The numbers that notifications told, and those who wait for one.</summary>
internal sealed class HeardGenerations(TimeProvider time)
{
    // Only what this process just committed is ever looked up here.
    private const int MaxHeard = 10_000;

    private readonly ConcurrentDictionary<Waiter, byte> _waiters = new();
    private readonly ConcurrentDictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>Takes note of a notification. Called by the feed's thread only.</summary>
    public void Add(string counter, long generation)
    {
        if (_numbers.Count >= MaxHeard)
        {
            _numbers.Clear();
        }

        _numbers[counter] = generation;
        foreach (var (waiter, _) in _waiters)
        {
            waiter.Offer(counter, generation);
        }
    }

    /// <summary>Starts to watch for a notification of this counter with at least this number.</summary>
    public Waiter Expect(string counter, long generation)
    {
        var waiter = new Waiter(this, counter, generation);
        _waiters.TryAdd(waiter, 0);

        // It may have come before anybody waited.
        if (_numbers.TryGetValue(counter, out var heard))
        {
            waiter.Offer(counter, heard);
        }

        return waiter;
    }

    /// <summary>Waits for one notification.</summary>
    internal sealed class Waiter(HeardGenerations numbers, string counter, long generation) : IDisposable
    {
        private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Offer(string heardCounter, long heardGeneration)
        {
            if (heardGeneration >= generation && heardCounter == counter)
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

            await Task.WhenAny(_heard.Task, Task.Delay(bound, numbers.Time)).ConfigureAwait(false);
            return _heard.Task.IsCompleted;
        }

        public void Dispose() => numbers._waiters.TryRemove(this, out _);
    }

    private TimeProvider Time => time;
}
