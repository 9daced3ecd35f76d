
namespace Connect.Caching.Flow;

/// <summary>
/// What flows with control: the request's trace, the computation that runs, and whether a transaction is open.
/// One object, because each look at an AsyncLocal costs on the path of a cache hit.
/// </summary>
/// <param name="Trace">The request that is being served.</param>
/// <param name="Computation">The factory that is running, if any.</param>
/// <param name="IsInTransaction">Whether an evicting transaction is open.</param>
/// <param name="AsOf">A coming moment whose names are read and computed ahead of it; null for now.</param>
/// <param name="IsPreloading">Whether nobody waits for the answer: it is no request, and nothing is kept of it here.</param>
internal sealed record CacheAmbient(
    CacheTrace? Trace, CacheComputation? Computation, bool IsInTransaction, DateTimeOffset? AsOf = null, bool IsPreloading = false)
{
    private static readonly AsyncLocal<CacheAmbient?> Local = new();

    public static CacheAmbient? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>
    /// From here to the end of the calling asynchronous method, cached reads are made ahead of their readers.
    /// </summary>
    /// <param name="asOf">
    /// The coming moment that they are made for: keys are named and values computed as they will be then, and readers
    /// of the present do not see those names. Null for now.
    /// </param>
    public static CacheTrace BeginPreloading(DateTimeOffset? asOf)
    {
        var trace = new CacheTrace();
        Current = new CacheAmbient(trace, Computation: null, IsInTransaction: false, asOf?.ToUniversalTime(), IsPreloading: true);
        return trace;
    }
}
