using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Matching;

/// <summary>A keyword of an organization.</summary>
/// <param name="Canonical">In the form that programs' keywords are kept in.</param>
/// <param name="Display">As it was entered, for the explanation.</param>
/// <param name="Whole">Whether it was entered as such; otherwise it is a known word inside an entered text.</param>
/// <param name="Technology">Whether it is one of the key technologies.</param>
internal readonly record struct OwnKeyword(string Canonical, string Display, bool Whole, bool Technology);

/// <summary>The features of an organization, computed once for all programs.</summary>
internal sealed class OrganizationFeatures
{
    private OrganizationFeatures(OrganizationProfile profile, ImmutableArray<OwnKeyword> keywords)
    {
        Profile = profile;
        Keywords = keywords;
        Regions = ProgramSignature.BitsOf(profile.Regions);
        Excluded = profile.ExcludedSectors.IsDefault ? 0 : profile.ExcludedSectors.Aggregate(0, (bits, sector) => bits | (1 << (int)sector));
    }

    public OrganizationProfile Profile { get; }

    public ImmutableArray<OwnKeyword> Keywords { get; }

    /// <summary>The level that it wants to research, else the one it is at; null unless it is 1 to 9.</summary>
    public int? Level => Valid(Profile.TargetTrl) ?? Valid(Profile.Trl);

    /// <summary>Bit per province; 0 where it has not said.</summary>
    public int Regions { get; }

    /// <summary>Bit per sector that it excludes.</summary>
    public int Excluded { get; }

    public bool IsInstitute => Profile.Type == OrganizationType.ResearchInstitute;

    public int Rnd =>
        (Profile.RdExperience ? MatchingAlgorithm.RndExperience : 0)
        + (Profile.CollaborationCount > 0 ? MatchingAlgorithm.RndCollaboration : 0);

    public static OrganizationFeatures Of(OrganizationProfile profile, Taxonomy taxonomy)
    {
        Dictionary<string, OwnKeyword> keywords = new(StringComparer.Ordinal);
        AddWhole(keywords, profile.ResearchFocusAreas, technology: false, taxonomy);
        AddWhole(keywords, profile.KeyTechnologies, technology: true, taxonomy);

        // After the whole keywords, so that an inner word never replaces a whole one.
        AddInner(keywords, profile.ResearchFocusAreas, taxonomy);
        AddInner(keywords, profile.KeyTechnologies, taxonomy);
        return new(profile, [.. keywords.Values.OrderBy(keyword => keyword.Canonical, StringComparer.Ordinal)]);
    }

    /// <summary>An organization of which nothing is known but its sector.</summary>
    public static OrganizationFeatures OfSector(Sector sector) => new(
        new(Guid.Empty, OrganizationType.Company, sector, null, null, false, 0, [], [], null, null, null, [], [], ProfileCompleted: true), []);

    private static void AddWhole(
        Dictionary<string, OwnKeyword> keywords, ImmutableArray<string> entered, bool technology, Taxonomy taxonomy)
    {
        foreach (var text in Entries(entered))
        {
            var normalized = NormalizedText.Key(text);
            if (!taxonomy.IsStopWord(normalized))
            {
                var canonical = taxonomy.Canonical(normalized);
                keywords[canonical] = keywords.TryGetValue(canonical, out var known)
                    ? known with { Technology = known.Technology || technology }
                    : new(canonical, text, Whole: true, technology);
            }
        }
    }

    private static void AddInner(Dictionary<string, OwnKeyword> keywords, ImmutableArray<string> entered, Taxonomy taxonomy)
    {
        foreach (var (_, word, _) in Entries(entered).SelectMany(text => taxonomy.Matcher.FindAll(NormalizedText.Of(text))))
        {
            if (!word.Sectors.IsEmpty && !word.Weak)
            {
                var canonical = taxonomy.Canonical(word.Text);
                keywords.TryAdd(canonical, new(canonical, word.Text, Whole: false, Technology: false));
            }
        }
    }

    private static IEnumerable<string> Entries(ImmutableArray<string> entered) => entered.IsDefault
        ? []
        : entered.SelectMany(text => (text ?? string.Empty)
            .Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static int? Valid(int? level) => level is >= 1 and <= 9 ? level : null;
}
