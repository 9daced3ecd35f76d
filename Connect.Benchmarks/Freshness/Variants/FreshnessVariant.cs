namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// A system to be checked: Connect, or Connect with one of its rules removed. The checker must detect every variant, or
/// its success would prove nothing.
/// </summary>
/// <param name="Name">On the command line.</param>
/// <param name="Replace">Replaces services of an instance that has registered its own; null where none are.</param>
internal sealed record FreshnessVariant(string Name, Action<IServiceCollection>? Replace = null)
{
    /// <summary>The product as it is.</summary>
    public const string Connect = "connect";

    private static readonly ImmutableDictionary<string, string?> LongLease = ImmutableDictionary.CreateRange(
        [KeyValuePair.Create<string, string?>("Cache__LeaseDuration", "00:05:00"), new("Cache__PollInterval", "00:01:00")]);

    /// <summary>All of them, the product first.</summary>
    public static ImmutableArray<FreshnessVariant> All { get; } =
    [
        new(Connect),
        new("stock", StockVariant.Replace),
        new("deaf", DeafVariant.Replace) { Settings = LongLease },
        new("evict-before-commit", EvictionVariants.EvictBeforeCommit),
        new("evict-after", EvictionVariants.EvictAfter) { NeededFault = "writer-killed" },

        // Rule 12 removed: one confirmation lasts five minutes, without a check in between. An instance whose listener
        // falls silent goes on serving old values.
        new("no-lease") { Settings = LongLease, NeededFault = "listeners-stopped" },
        new("late-name", LateNameVariant.Replace),
    ];

    /// <summary>The fault without which it cannot be told from the product; null where load alone shows it.</summary>
    public string? NeededFault { get; private init; }

    /// <summary>Environment variables of its instances.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = ImmutableDictionary<string, string?>.Empty;

    public static FreshnessVariant? Find(string name) => All.FirstOrDefault(variant => variant.Name == name);
}
