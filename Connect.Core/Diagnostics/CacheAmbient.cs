using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <summary>
/// What flows with control: the request's trace, the computation that runs, and whether a transaction is open.
/// One object, because each look at an AsyncLocal costs on the path of a cache hit.
/// </summary>
/// <param name="Trace">The request that is being served.</param>
/// <param name="Computation">The factory that is running, if any.</param>
/// <param name="IsInTransaction">Whether an evicting transaction is open.</param>
/// <param name="AsOf">A coming moment whose names are read and computed ahead of it; null for now.</param>
internal sealed record CacheAmbient(RequestTrace? Trace, CacheComputation? Computation, bool IsInTransaction, DateTimeOffset? AsOf = null)
{
    private static readonly AsyncLocal<CacheAmbient?> Local = new();

    public static CacheAmbient? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }
}
