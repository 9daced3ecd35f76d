namespace Connect.Benchmarks.Replay.Rules;

/// <summary>What the week is replayed under.</summary>
internal sealed record ReplayRules(string Name, string What)
{
    public static readonly ReplayRules Warmed = new("warmed", "the product as it is") { Warms = true };

    public static readonly ReplayRules Cold = new("cold", "the product without warming");

    /// <summary>
    /// The first platform's rules of eviction, on the product's two tiers: every run of a board flushes all rankings and the
    /// list of programs, whether or not it changed anything; a deadline that passes flushes nothing; nothing is warmed.
    /// </summary>
    public static readonly ReplayRules FirstPlatform = new("first_platform", "a flush on every run of a board, no warming") { FlushesAlways = true };

    public static readonly ReplayRules Uncached = new("uncached", "no cache") { Caches = false };

    /// <summary>All of them, in the order of reports.</summary>
    public static readonly ImmutableArray<ReplayRules> All = [Warmed, Cold, FirstPlatform, Uncached];

    /// <summary>Whether the worker computes rankings ahead of their readers.</summary>
    public bool Warms { get; private init; }

    /// <summary>Whether a run evicts though it changed nothing, and the calendar does not.</summary>
    public bool FlushesAlways { get; private init; }

    /// <summary>Whether the API keeps what it has computed.</summary>
    public bool Caches { get; private init; } = true;
}
