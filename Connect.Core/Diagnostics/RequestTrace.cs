using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <summary>
/// What one request cost and where its answers came from. It travels with the flow of control, and explicitly
/// in the state of cache factories, which can run where nothing flows.
/// </summary>
public sealed class RequestTrace
{
    private static readonly int Layers = CacheLayers.All.Max(layer => layer.Ordinal) + 1;

    // By the layers' ordinals, those of the registry; locked itself, because every request has one.
    private readonly CacheRead?[] _reads = new CacheRead?[Layers];
    private Dictionary<CacheLayer, CacheRead>? _others;
    private int _queries;
    private long _queryTicks;
    private int _numberQueries;

    /// <summary>Database commands run for the request, those of factories that it started included.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Time that they took, added up.</summary>
    public TimeSpan QueryTime => new(Volatile.Read(ref _queryTicks));

    /// <summary>Queries for numbers of tags that the process did not know; counted apart.</summary>
    public int NumberQueries => Volatile.Read(ref _numberQueries);

    /// <summary>The trace of the request that is being served here; null outside of requests.</summary>
    public static RequestTrace? Current => CacheAmbient.Current?.Trace;

    /// <summary>Begins to trace the present flow of control.</summary>
    public static RequestTrace Begin()
    {
        var trace = new RequestTrace();
        CacheAmbient.Current = new CacheAmbient(trace, Computation: null, IsInTransaction: false);
        return trace;
    }

    /// <summary>Where the latest answer of a layer came from; null where the layer was not read.</summary>
    public CacheRead? ReadOf(CacheLayer layer)
    {
        lock (_reads)
        {
            return layer.Ordinal < Layers ? _reads[layer.Ordinal] : _others?.TryGetValue(layer, out var read) == true ? read : null;
        }
    }

    internal void Record(CacheLayer layer, in CacheRead read)
    {
        lock (_reads)
        {
            if (layer.Ordinal < Layers)
            {
                _reads[layer.Ordinal] = read;
            }
            else
            {
                (_others ??= [])[layer] = read;
            }
        }
    }

    internal void AddQuery(TimeSpan elapsed)
    {
        Interlocked.Increment(ref _queries);
        Interlocked.Add(ref _queryTicks, elapsed.Ticks);
    }

    internal void AddNumberQuery() => Interlocked.Increment(ref _numberQueries);
}
