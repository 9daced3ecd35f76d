using System.Collections.Immutable;

namespace Connect.Data.Model;

/// <summary>
/// The page that shows why a run is suspicious: the one that lost its layout, or else the first list page. It has no personal data, no
/// scripts and no keys.
/// </summary>
public sealed class ScrapePage
{
    /// <summary>The longest kept text, in characters.</summary>
    public const int MaxTextLength = 200_000;

    /// <summary>The longest kept address, in characters.</summary>
    public const int MaxAddressLength = 1_000;

    /// <summary>The run; a run has one page at most.</summary>
    public Guid RunId { get; set; }

    /// <summary>Why the run is suspicious.</summary>
    public Suspicion Reason { get; set; }

    /// <summary>The page's path and query; of parameters that name no announcement, only the names.</summary>
    public required string Address { get; set; }

    /// <summary>The page, cleaned and cut.</summary>
    public required string Text { get; set; }

    /// <summary>What the layout expects, and what the page has.</summary>
    public ImmutableArray<LayoutFinding> Findings { get; set; } = [];

    /// <summary>When it was kept.</summary>
    public DateTimeOffset KeptAt { get; set; }
}
