using Connect.Domain.Classification;

namespace Connect.Domain.Matching;

/// <summary>
/// The constants of the algorithm. Changing any of them requires a new <see cref="Version"/>, because the version is
/// part of every cache key.
/// </summary>
public static class MatchingAlgorithm
{
    private const string Rules = "2.1";

    /// <summary>
    /// Part of the cache key and of every answer: the version of the rules in code, set by hand, and a hash of the data
    /// files. A test fails if results change without a new version.
    /// </summary>
    public static string Version { get; } = $"{Rules}-{ClassificationData.Fingerprint}";

    public const int MaxIndustry = 30;
    public const int MaxTrl = 20;
    public const int MaxType = 20;
    public const int MaxRnd = 15;
    public const int MaxDeadline = 15;

    /// <summary>
    /// The least score that is returned. A program without conditions gives every organization 40 points (type 20, no
    /// TRL asked 15, no deadline 5), so with something in common (5) it has at least 45.
    /// </summary>
    public const int MinimumScore = 45;

    /// <summary>
    /// Sectors less related than this are never matched. Others that are not the same are matched only where a keyword of the
    /// organization stands in the program: that two fields are related does not say that this program is for this organization.
    /// </summary>
    public const double RelevanceGate = 0.45;

    /// <summary>Sectors at least this related get the most points for their relation.</summary>
    internal const double RelevanceHigh = 0.7;

    /// <summary>Sectors less related than this get no points for their relation.</summary>
    internal const double RelevanceMedium = 0.5;

    /// <summary>
    /// A level this far outside of an inferred range hides a program; of a stated range, every level outside does.
    /// </summary>
    internal const int FarFromInferredTrl = 3;

    internal const int SectorByPrimary = 10;
    internal const int SectorBySecondary = 8;
    internal const int SectorByMinistry = 6;
    internal const int SectorVocabulary = 5;
    internal const int FirstKeyword = 5;
    internal const int FurtherKeyword = 2;
    internal const int MaxKeywords = 15;
    internal const int CrossHigh = 5;
    internal const int CrossMedium = 3;
    internal const int InstituteTechnology = 2;
    internal const int MaxInstituteTechnology = 5;

    internal const int TrlUnknown = 5;
    internal const int TrlNotAsked = 15;
    internal const int RndExperience = 10;
    internal const int RndCollaboration = 5;
    internal const int DeadlineUnknown = 5;

    /// <summary>Points by how many levels the organization is below the range: 1, 2, 3.</summary>
    internal static ReadOnlySpan<int> TrlBelow => [12, 6, 3];

    /// <summary>
    /// Points by how many levels it is above the range; being too advanced is the smaller problem, so it gives more.
    /// </summary>
    internal static ReadOnlySpan<int> TrlAbove => [15, 10, 5];

    /// <summary>Points for the organization's level against a range; a missing bound is open.</summary>
    internal static int Trl(int? level, int? min, int? max)
    {
        if (level is not (>= 1 and <= 9))
        {
            return TrlUnknown;
        }

        if (min is null && max is null)
        {
            return TrlNotAsked;
        }

        var (low, high) = TrlRange(min, max);
        return level < low ? PointsAt(TrlBelow, low - level.Value)
            : level > high ? PointsAt(TrlAbove, level.Value - high)
            : MaxTrl;
    }

    /// <summary>The range with its missing bounds filled in and, where a board mixed them up, put in order.</summary>
    internal static (int Low, int High) TrlRange(int? min, int? max)
    {
        var (low, high) = (min ?? 1, max ?? 9);
        return low <= high ? (low, high) : (high, low);
    }

    /// <summary>Points for the calendar days that are left.</summary>
    internal static int Deadline(int? daysLeft) => daysLeft switch
    {
        null => DeadlineUnknown,
        < 0 => 0,
        <= 7 => 15,
        <= 30 => 12,
        <= 60 => 8,
        _ => 5,
    };

    private static int PointsAt(ReadOnlySpan<int> points, int distance) => distance <= points.Length ? points[distance - 1] : 0;
}
