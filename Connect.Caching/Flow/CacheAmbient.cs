namespace Connect.Caching.Flow;

/// <summary>
/// The state of the asynchronous flow: the request's trace, the running computation, and whether a transaction is open.
/// One object, because each read of an AsyncLocal costs time on a cache hit.
/// </summary>
/// <param name="Trace">The request that is being served.</param>
/// <param name="Computation">The factory that is running, if any.</param>
/// <param name="IsInTransaction">Whether a <see cref="CacheTransaction{TContext}"/> is open.</param>
/// <param name="AsOf">The future moment that values are preloaded for; null for now.</param>
/// <param name="IsPreloading">Whether reads are preloading: not counted as reads, and not kept as last good values.</param>
internal sealed record CacheAmbient(
    CacheTrace? Trace, CacheComputation? Computation, bool IsInTransaction, DateTimeOffset? AsOf = null, bool IsPreloading = false)
{
    private static readonly AsyncLocal<CacheAmbient?> Local = new();

    public static CacheAmbient? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }
}
