namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Rule 9 removed: what was heard once counts as verified for five minutes, without a check in between. A listener that falls
/// silent leaves its instance with the past.
/// </summary>
internal sealed class NoLeaseVariant : FreshnessVariant
{
    public override string Name => "no-lease";

    public override string? NeededFault => "listeners-stopped";

    public override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Cache__LeaseDuration"] = "00:05:00",
        ["Cache__PollInterval"] = "00:01:00",
    };
}
