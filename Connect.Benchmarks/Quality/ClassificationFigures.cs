using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Benchmarks.Quality;

/// <summary>Agreement of the classification of titles with their labels.</summary>
/// <param name="KindAccuracy">Share of announcements of the right kind.</param>
/// <param name="CallPrecision">Share of announcements classified as calls that are labelled as calls.</param>
/// <param name="CallRecall">Share of announcements labelled as calls that are classified as calls.</param>
/// <param name="SectorPrecision">Share of the classified sectors that are labelled.</param>
/// <param name="SectorRecall">Share of the labelled sectors that are classified.</param>
/// <param name="AudienceAccuracy">Share of the calls with the audience of the label.</param>
/// <param name="RegionAccuracy">Share of announcements with the provinces of the label.</param>
internal sealed record ClassificationFigures(
    double KindAccuracy, double CallPrecision, double CallRecall, double SectorPrecision, double SectorRecall,
    double AudienceAccuracy, double RegionAccuracy)
{
    /// <summary>Harmonic mean of precision and recall over all pairs of announcement and sector.</summary>
    public double SectorMicroF1 => SectorPrecision + SectorRecall == 0
        ? 0
        : 2 * SectorPrecision * SectorRecall / (SectorPrecision + SectorRecall);

    public static ClassificationFigures Of(
        ImmutableArray<(LabelledAnnouncement Label, ProgramClassification Found)> rows)
    {
        var calls = rows.Where(row => row.Label.Kind == ProgramKind.Call).ToList();
        var taken = rows.Where(row => row.Found.Kind == ProgramKind.Call).ToList();
        var right = rows.Sum(row => SectorsOf(row.Found).Intersect(row.Label.Sectors).Count());
        return new(
            Share(rows.Length, rows.Count(row => row.Found.Kind == row.Label.Kind)),
            Share(taken.Count, taken.Count(row => row.Label.Kind == ProgramKind.Call)),
            Share(calls.Count, calls.Count(row => row.Found.Kind == ProgramKind.Call)),
            Share(rows.Sum(row => SectorsOf(row.Found).Count()), right),
            Share(rows.Sum(row => row.Label.Sectors.Length), right),
            Share(calls.Count, calls.Count(HasAudience)),
            Share(rows.Length, rows.Count(row => row.Found.Traits.Regions.SequenceEqual(row.Label.Regions))));
    }

    /// <summary>The differences, as text.</summary>
    public static IEnumerable<string> Differences(LabelledAnnouncement label, ProgramClassification found)
    {
        if (found.Kind != label.Kind)
        {
            yield return $"kind {label.Kind}, found {found.Kind}";
        }

        if (!SectorsOf(found).ToHashSet().SetEquals(label.Sectors))
        {
            yield return $"sectors [{string.Join(' ', label.Sectors)}], found [{string.Join(' ', SectorsOf(found))}] by "
                + string.Join(' ', found.Traits.Sectors.Select(sector => string.Join(',', sector.Words)));
        }

        if (!HasAudience((label, found)))
        {
            yield return $"audience [{string.Join(' ', label.Audience)}], found [{string.Join(' ', found.Audience)}]";
        }

        if (!found.Traits.Regions.SequenceEqual(label.Regions))
        {
            yield return $"regions [{string.Join(' ', label.Regions)}], found [{string.Join(' ', found.Traits.Regions)}]";
        }
    }

    private static bool HasAudience((LabelledAnnouncement Label, ProgramClassification Found) row) =>
        row.Found.Audience.IsEmpty ? row.Label.Audience.Length == 2 : row.Found.Audience.ToHashSet().SetEquals(row.Label.Audience);

    private static IEnumerable<Sector> SectorsOf(ProgramClassification found) => found.Traits.Sectors.Select(entry => entry.Sector);

    private static double Share(int of, int part) => of == 0 ? 0 : (double)part / of;
}
