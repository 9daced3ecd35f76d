using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Domain.Programs;

/// <summary>One of the periods of applications that an announcement states: a round, or a period that another one has replaced.</summary>
/// <param name="Start">First moment to apply; null where not announced.</param>
/// <param name="End">Last moment to apply; null where not announced.</param>
/// <param name="IsReplaced">Whether the announcement itself says that it is no longer valid: "당초 …".</param>
[ImmutableObject(true)]
public sealed record ApplicationPeriod(DateTimeOffset? Start, DateTimeOffset? End, bool IsReplaced)
{
    /// <summary>
    /// The round that counts at a moment: of those that have not ended the one that ends first, one without an end last. Null where all
    /// have ended.
    /// </summary>
    public static ApplicationPeriod? RoundAt(ImmutableArray<ApplicationPeriod> periods, DateTimeOffset now) =>
        periods.Where(period => !period.IsReplaced && !(period.End < now)).MinBy(static period => period.End ?? DateTimeOffset.MaxValue);
}
