using Connect.Benchmarks.Freshness.Instances;
using Connect.Caching.Generations;

namespace Connect.Benchmarks.Freshness;

/// <summary>
/// Measures the time from the return of COMMIT in the writing instance until the last instance has the generation. Only
/// generations bumped without a fault count: the oracle judges the consequences of faults.
/// </summary>
internal sealed class PropagationLog(CheckState check) : IDisposable
{
    private static readonly long Patience = CheckState.ToTicks(TimeSpan.FromSeconds(5));

    private readonly Dictionary<(string Row, long Generation), Bump> _bumps = [];
    private readonly List<double> _milliseconds = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _from = long.MinValue;

    /// <summary>Generations that an instance had not learned after some seconds.</summary>
    public int Unheard { get; private set; }

    /// <summary>Generations that a poll found before the notification arrived.</summary>
    public int Polled { get; private set; }

    /// <summary>Reads the instances' logs periodically, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await CollectAsync(() => Stopwatch.GetTimestamp() - Patience);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the load.
        }
    }

    /// <summary>Generations from before this call do not count.</summary>
    public void Restart() => Volatile.Write(ref _from, Stopwatch.GetTimestamp());

    /// <summary>Asks the instances once more, now that nothing is changed, and counts the generations since the last call.</summary>
    public Task<Percentiles> TakeAsync() => CollectAsync(() => long.MaxValue, takes: true);

    public void Dispose() => _turn.Dispose();

    private async Task<Percentiles> CollectAsync(Func<long> before, bool takes = false)
    {
        await _turn.WaitAsync();
        try
        {
            await DrainAsync();
            Settle(before());
            if (!takes)
            {
                return default;
            }

            var taken = Percentiles.Of(_milliseconds);
            _milliseconds.Clear();
            return taken;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DrainAsync()
    {
        foreach (var instance in check.Instances.Append(check.System.Worker).Where(instance => instance is { IsUp: true, IsStopped: false }))
        {
            try
            {
                // An instance returns each entry once, so a late answer must not be lost.
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                foreach (var learned in await instance.DrainLearnedAsync(patience.Token))
                {
                    Add(instance.Index, learned);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // The instance is paused or ended by a fault: its entries of this time do not count.
            }
        }
    }

    private void Add(int instance, Learned learned)
    {
        var key = (learned.Row, learned.Generation);
        if (!_bumps.TryGetValue(key, out var bump))
        {
            _bumps[key] = bump = new Bump(learned.At);
        }

        if (learned.Source == GenerationSource.Own)
        {
            bump.CommittedAt = learned.At;
        }

        Polled += learned.Source == GenerationSource.Polled ? 1 : 0;
        bump.KnownAt.TryAdd(instance, learned.At);
    }

    private void Settle(long before)
    {
        foreach (var (key, bump) in _bumps.Where(entry => entry.Value.FirstAt < before).ToList())
        {
            _bumps.Remove(key);

            // Bumped by the driver, or by an instance that was killed since.
            if (bump.CommittedAt is not { } committedAt
                || bump.FirstAt < Volatile.Read(ref _from)
                || check.Timeline.IsDisturbed(committedAt, committedAt + Patience))
            {
                continue;
            }

            if (bump.KnownAt.Count <= check.Instances.Count)
            {
                Unheard++;
            }
            else
            {
                _milliseconds.Add(Math.Max(0, bump.KnownAt.Values.Max() - committedAt) * 1000.0 / Stopwatch.Frequency);
            }
        }
    }

    private sealed class Bump(long firstAt)
    {
        public long FirstAt { get; } = firstAt;

        public long? CommittedAt { get; set; }

        public Dictionary<int, long> KnownAt { get; } = [];
    }
}

/// <summary>Percentiles of many durations.</summary>
internal readonly record struct Percentiles(int Count, double Median, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0
            ? default
            : new(sorted.Count, Distribution.Percentile(sorted, 50), Distribution.Percentile(sorted, 99), sorted[^1]);
    }
}
