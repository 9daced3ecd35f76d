namespace Connect.Benchmarks.Freshness.Variants;

/// <summary>
/// Rule 12 removed: one confirmation lasts five minutes, without a check in between. An instance whose listener falls silent
/// goes on serving old values.
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
