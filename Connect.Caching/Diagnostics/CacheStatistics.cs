namespace Connect.Caching.Diagnostics;

/// <summary>This instance's totals since it started, for metrics and reports.</summary>
internal sealed class CacheStatistics
{
    private readonly LayerStatistics[] _layers;
    private readonly LayerStatistics?[] _byOrdinal;
    private readonly LayerStatistics _other;
    private long _polled;
    private long _polls;
    private long _pollFailures;
    private long _heard;
    private double _lastLag;
    private double _maxLag;

    public CacheStatistics(CacheLayerRegistry layers, CacheEvictionKinds evictions)
    {
        _layers = [.. layers.All.Select(layer => new LayerStatistics(layer))];
        _byOrdinal = new LayerStatistics?[layers.All.Max(layer => layer.Ordinal) + 1];
        Array.ForEach(_layers, layer => _byOrdinal[layer.Layer.Ordinal] = layer);
        _other = _layers.Single(layer => layer.Layer == CacheLayerRegistry.Other);
        Evictions = new(evictions.Known);
        var types = layers.All.Select(layer => layer.ValueType?.Name).OfType<string>().Distinct().ToList();
        (Refused, Undeserializable) = (new(types), new(types));
    }

    public ReadOnlySpan<LayerStatistics> Layers => _layers;

    public RedisStatistics Redis { get; } = new();

    public Tally Evictions { get; }

    /// <summary>Values too large for Redis, by type.</summary>
    public Tally Refused { get; }

    /// <summary>Payloads that could not be read, by type.</summary>
    public Tally Undeserializable { get; }

    public LagBuckets Lags { get; } = new();

    public long PolledGenerations => Volatile.Read(ref _polled);

    public long PollFailures => Volatile.Read(ref _pollFailures);

    /// <summary>The layer's totals, found in an array, because every read needs them.</summary>
    public LayerStatistics Of(CacheLayer layer)
    {
        var layers = _byOrdinal;
        return (uint)layer.Ordinal < (uint)layers.Length ? layers[layer.Ordinal] ?? _other : _other;
    }

    public void Polled() => Interlocked.Increment(ref _polled);

    public void PollSucceeded() => Interlocked.Increment(ref _polls);

    public void PollFailed() => Interlocked.Increment(ref _pollFailures);

    // Called by the listener's thread only.
    public void Heard(double seconds)
    {
        Lags.Record(seconds);
        Volatile.Write(ref _lastLag, seconds);
        Volatile.Write(ref _maxLag, Math.Max(_maxLag, seconds));
        Interlocked.Increment(ref _heard);
    }

    /// <summary>The totals now.</summary>
    /// <param name="verified">Whether the instance's generations are verified.</param>
    /// <param name="confirmedAge">Seconds since the last successful poll was sent; null before the first.</param>
    /// <param name="breakerOpen">Whether the breaker is open.</param>
    /// <param name="memory">Content of the memory.</param>
    public CacheSnapshot Read(bool verified, double? confirmedAge, bool breakerOpen, MemorySnapshot memory) => new(
        [.. _layers.Select(layer => layer.Read())],
        [.. Evictions.Read().Where(entry => entry.Count > 0).Select(entry => new EvictionCount(entry.First, entry.Second, entry.Count))],
        new ListenerSnapshot(
            verified, Volatile.Read(ref _heard), Volatile.Read(ref _lastLag), Volatile.Read(ref _maxLag), Lags.ToCounts(),
            PolledGenerations, Volatile.Read(ref _polls), PollFailures, confirmedAge),
        Redis.Read(breakerOpen),
        Refused.Read().Sum(entry => entry.Count),
        Undeserializable.Read().Sum(entry => entry.Count),
        memory);
}

/// <summary>One layer's totals.</summary>
internal sealed class LayerStatistics(CacheLayer layer)
{
    // One hit in memory of so many is measured, because measuring costs about as much as the hit.
    private const int HitsPerTimed = 64;
    private const double NanosecondsPerSecond = 1e9;

    private readonly StripedCounter[] _requests = [.. Enum.GetValues<CacheOutcome>().Select(_ => new StripedCounter())];
    private long _computations;
    private long _errors;
    private long _ticks;
    private long _queries;
    private long _timedHits;
    private long _timedHitNanoseconds;

    public CacheLayer Layer => layer;

    /// <summary>Counts one answer; returns whether its duration shall be given to <see cref="Hit"/>.</summary>
    public bool Read(CacheOutcome outcome) => _requests[(int)outcome].Increment() % HitsPerTimed == 1 && outcome == CacheOutcome.Memory;

    public long Queries => Volatile.Read(ref _queries);

    public long Requests(CacheOutcome outcome) => _requests[(int)outcome].Value;

    // Summed in nanoseconds: a hit takes only a few of a TimeSpan's ticks of 100 ns.
    public void Hit(double seconds)
    {
        Interlocked.Increment(ref _timedHits);
        Interlocked.Add(ref _timedHitNanoseconds, (long)(seconds * NanosecondsPerSecond));
    }

    public void Computed(TimeSpan elapsed, int queries, bool failed)
    {
        Interlocked.Increment(ref _computations);
        Interlocked.Add(ref _queries, queries);
        Interlocked.Add(ref _ticks, elapsed.Ticks);
        if (failed)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    public LayerSnapshot Read() => new(
        layer.Name, Requests(CacheOutcome.Memory), Requests(CacheOutcome.Redis), Requests(CacheOutcome.Miss), Requests(CacheOutcome.Stale),
        Volatile.Read(ref _computations), Volatile.Read(ref _errors), new TimeSpan(Volatile.Read(ref _ticks)).TotalSeconds,
        Queries, Volatile.Read(ref _timedHits), Volatile.Read(ref _timedHitNanoseconds) / NanosecondsPerSecond);
}

/// <summary>Totals of operations on Redis.</summary>
internal sealed class RedisStatistics
{
    private static readonly int Results = Enum.GetValues<RedisResult>().Length;

    private readonly long[] _counts = new long[Enum.GetValues<RedisOperation>().Length * Results];
    private readonly long[] _ticks = new long[Enum.GetValues<RedisOperation>().Length * Results];
    private long _bytesRead;
    private long _bytesWritten;

    public void Add(RedisOperation operation, RedisResult result, TimeSpan elapsed, long bytes)
    {
        var place = ((int)operation * Results) + (int)result;
        Interlocked.Increment(ref _counts[place]);
        Interlocked.Add(ref _ticks[place], elapsed.Ticks);
        if (bytes > 0)
        {
            Interlocked.Add(ref operation == RedisOperation.Write ? ref _bytesWritten : ref _bytesRead, bytes);
        }
    }

    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesWritten => Volatile.Read(ref _bytesWritten);

    /// <summary>Operations of every kind with this result.</summary>
    public long CountOf(RedisResult result)
    {
        var sum = 0L;
        for (var place = (int)result; place < _counts.Length; place += Results)
        {
            sum += Volatile.Read(ref _counts[place]);
        }

        return sum;
    }

    public RedisSnapshot Read(bool breakerOpen) => new(
        breakerOpen,
        [
            .. from operation in Enum.GetValues<RedisOperation>()
               from result in Enum.GetValues<RedisResult>()
               let place = ((int)operation * Results) + (int)result
               let count = Volatile.Read(ref _counts[place])
               where count > 0
               select new RedisCount(
                   operation.ToName(), result.ToName(), count, new TimeSpan(Volatile.Read(ref _ticks[place])).TotalSeconds),
        ],
        BytesRead,
        BytesWritten);
}
