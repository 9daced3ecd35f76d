namespace Connect.Caching.Layers;

/// <summary>Origin of an answer.</summary>
public enum CacheOutcome
{
    /// <summary>This instance's memory.</summary>
    Memory,

    /// <summary>Redis.</summary>
    Redis,

    /// <summary>It was computed, by this caller or by one that it joined.</summary>
    Miss,

    /// <summary>The last good value: the primary database could not be reached.</summary>
    Stale,
}

/// <summary>One answer of a layer.</summary>
/// <param name="Outcome">Its origin.</param>
/// <param name="Name">The hash of everything that the answer depends on: equal names, equal answers.</param>
public readonly record struct CacheRead(CacheOutcome Outcome, string Name);

/// <summary>Names of outcomes in metrics.</summary>
internal static class CacheOutcomeNames
{
    /// <summary>The outcome's name, in lower case.</summary>
    public static string ToName(this CacheOutcome outcome) => outcome switch
    {
        CacheOutcome.Memory => "memory",
        CacheOutcome.Redis => "redis",
        CacheOutcome.Miss => "miss",
        _ => "stale",
    };
}
