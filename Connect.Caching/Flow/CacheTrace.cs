namespace Connect.Caching.Flow;

/// <summary>
/// One request's queries and the origins of its answers. It is an AsyncLocal, and is also passed in the state of
/// factories, which may run outside of the request's asynchronous flow.
/// </summary>
public sealed class CacheTrace
{
    private const int FewReads = 4;

    // A list, because a request reads few layers. It is its own lock, to save an object per request.
    private readonly List<(CacheLayer Layer, CacheRead Read)> _reads = new(FewReads);
    private int _queries;
    private long _queryTicks;
    private int _generationQueries;

    /// <summary>Database commands of the request, those of factories that it started included.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Their total duration.</summary>
    public TimeSpan QueryTime => new(Volatile.Read(ref _queryTicks));

    /// <summary>Queries for generations; not part of <see cref="Queries"/>.</summary>
    public int GenerationQueries => Volatile.Read(ref _generationQueries);

    /// <summary>The trace of the present request; null outside of requests.</summary>
    public static CacheTrace? Current => CacheAmbient.Current?.Trace;

    /// <summary>Begins to trace the present asynchronous flow.</summary>
    public static CacheTrace Begin()
    {
        var trace = new CacheTrace();
        CacheAmbient.Current = new CacheAmbient(trace, Computation: null, IsInTransaction: false);
        return trace;
    }

    /// <summary>The latest answer of a layer; null if the layer was not read.</summary>
    public CacheRead? ReadOf(CacheLayer layer)
    {
        lock (_reads)
        {
            var place = PlaceOf(layer);
            return place < 0 ? null : _reads[place].Read;
        }
    }

    internal void Record(CacheLayer layer, in CacheRead read)
    {
        lock (_reads)
        {
            if (PlaceOf(layer) is var place and >= 0)
            {
                _reads[place] = (layer, read);
            }
            else
            {
                _reads.Add((layer, read));
            }
        }
    }

    /// <summary>Counts a database command that was not sent by Entity Framework.</summary>
    /// <param name="elapsed">Its duration.</param>
    public void AddQuery(TimeSpan elapsed)
    {
        Interlocked.Increment(ref _queries);
        Interlocked.Add(ref _queryTicks, elapsed.Ticks);
    }

    internal void AddGenerationQuery() => Interlocked.Increment(ref _generationQueries);

    // Without a predicate, which would be an object per request.
    private int PlaceOf(CacheLayer layer)
    {
        for (var place = 0; place < _reads.Count; place++)
        {
            if (ReferenceEquals(_reads[place].Layer, layer))
            {
                return place;
            }
        }

        return -1;
    }
}
