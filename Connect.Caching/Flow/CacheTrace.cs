using Connect.Caching.Layers;

namespace Connect.Caching.Flow;

/// <summary>
/// What one request cost and where its answers came from. It travels with the flow of control, and explicitly
/// in the state of cache factories, which can run where nothing flows.
/// </summary>
public sealed class CacheTrace
{
    private const int FewReads = 4;

    // A request reads few layers: a list is searched faster than a dictionary is made. Its own lock, because every request has one.
    private readonly List<(CacheLayer Layer, CacheRead Read)> _reads = new(FewReads);
    private int _queries;
    private long _queryTicks;
    private int _generationQueries;

    /// <summary>Database commands run for the request, those of factories that it started included.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Time that they took, added up.</summary>
    public TimeSpan QueryTime => new(Volatile.Read(ref _queryTicks));

    /// <summary>Queries for generations of tags that the process did not know; counted apart.</summary>
    public int GenerationQueries => Volatile.Read(ref _generationQueries);

    /// <summary>The trace of the request that is being served here; null outside of requests.</summary>
    public static CacheTrace? Current => CacheAmbient.Current?.Trace;

    /// <summary>Begins to trace the present flow of control.</summary>
    public static CacheTrace Begin()
    {
        var trace = new CacheTrace();
        CacheAmbient.Current = new CacheAmbient(trace, Computation: null, IsInTransaction: false);
        return trace;
    }

    /// <summary>Where the latest answer of a layer came from; null where the layer was not read.</summary>
    public CacheRead? ReadOf(CacheLayer layer)
    {
        lock (_reads)
        {
            var place = _reads.FindIndex(entry => ReferenceEquals(entry.Layer, layer));
            return place < 0 ? null : _reads[place].Read;
        }
    }

    internal void Record(CacheLayer layer, in CacheRead read)
    {
        lock (_reads)
        {
            for (var place = 0; place < _reads.Count; place++)
            {
                if (ReferenceEquals(_reads[place].Layer, layer))
                {
                    _reads[place] = (layer, read);
                    return;
                }
            }

            _reads.Add((layer, read));
        }
    }

    /// <summary>Counts a database command that something else than Entity Framework sent.</summary>
    /// <param name="elapsed">The time that it took.</param>
    public void AddQuery(TimeSpan elapsed)
    {
        Interlocked.Increment(ref _queries);
        Interlocked.Add(ref _queryTicks, elapsed.Ticks);
    }

    internal void AddGenerationQuery() => Interlocked.Increment(ref _generationQueries);
}
