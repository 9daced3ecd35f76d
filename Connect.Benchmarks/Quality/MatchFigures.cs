using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Programs;

namespace Connect.Benchmarks.Quality;

/// <summary>The matches of an organization.</summary>
/// <param name="Profile">The organization.</param>
/// <param name="Matches">The labels of its matches, best first.</param>
internal sealed record Shown(QualityProfile Profile, ImmutableArray<LabelledAnnouncement> Matches);

/// <summary>Agreement of matches with the labels. Only organizations with a sector count.</summary>
/// <param name="PrecisionAt3">Share of matches whose label has the organization's sector, is a call, and admits it.</param>
/// <param name="IrrelevantRate">
/// Share of matches with no sector in common, least related below the gate; general programs are of no sector.
/// </param>
/// <param name="Coverage">
/// Share of the organizations that three or more labelled programs fit, and that are shown three.
/// </param>
/// <param name="Returned">Matches shown.</param>
/// <param name="PrecisionWithoutSector">The first figure for the organization without a sector, by the sectors of its keywords.</param>
internal sealed record MatchFigures(double PrecisionAt3, double IrrelevantRate, double Coverage, int Returned, double PrecisionWithoutSector)
{
    /// <summary>How many matches an organization is shown.</summary>
    public const int Take = 3;

    public static MatchFigures Of(IReadOnlyCollection<Shown> shown, ImmutableArray<LabelledAnnouncement> announcements)
    {
        var bySector = shown.Where(one => one.Profile.HasSector).ToList();
        var matches = bySector.SelectMany(one => one.Matches, (one, label) => (one.Profile, Label: label)).ToList();
        var covered = bySector.Where(one => announcements.Count(label => Fits(one.Profile, label)) >= Take).ToList();
        var others = shown.Where(one => !one.Profile.HasSector).SelectMany(one => one.Matches, (one, label) => (one.Profile, Label: label)).ToList();
        return new(
            Share(matches.Count, matches.Count(match => Fits(match.Profile, match.Label))),
            Share(matches.Count, matches.Count(match => IsIrrelevant(match.Profile, match.Label))),
            Share(covered.Count, covered.Count(one => one.Matches.Length == Take)),
            matches.Count,
            Share(others.Count, others.Count(match => Fits(match.Profile, match.Label))));
    }

    /// <summary>Whether a match is right.</summary>
    public static bool Fits(QualityProfile profile, LabelledAnnouncement label) =>
        label.Kind == ProgramKind.Call && label.Sectors.Intersect(profile.Wanted).Any() && label.Admits(profile.Profile.Type);

    private static bool IsIrrelevant(QualityProfile profile, LabelledAnnouncement label) =>
        !label.Sectors.Intersect(profile.Wanted).Any()
        && label.Sectors.Select(sector => Taxonomy.Default.Relevance(profile.Wanted[0], sector)).DefaultIfEmpty().Min() < MatchingAlgorithm.RelevanceGate;

    private static double Share(int of, int part) => of == 0 ? 0 : (double)part / of;
}
