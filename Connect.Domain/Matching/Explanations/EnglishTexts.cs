using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;

namespace Connect.Domain.Matching.Explanations;

/// <summary>Explanations in English. Details carry the taxonomy's Korean labels; known ones are put into English here.</summary>
internal static class EnglishTexts
{
    private static readonly FrozenDictionary<Sector, string> Sectors = new Dictionary<Sector, string>
    {
        [Sector.Ict] = "ICT",
        [Sector.Manufacturing] = "manufacturing",
        [Sector.BioHealth] = "bio and health",
        [Sector.Energy] = "energy",
        [Sector.Environment] = "environment",
        [Sector.Agriculture] = "agriculture and food",
        [Sector.Marine] = "marine and fisheries",
        [Sector.Construction] = "construction",
        [Sector.Transportation] = "transportation",
        [Sector.Defense] = "defense",
        [Sector.Culture] = "culture and content",
        [Sector.SpaceNuclearBasic] = "space, nuclear and basic science",
    }.ToFrozenDictionary();

    public static ExplanationTexts Instance { get; } = new(
        Reasons().ToFrozenDictionary(StringComparer.Ordinal),
        Summary,
        Advice,
        "The program was considered on the eligibility that it states.",
        (day, left) => left == 0
            ? $"The deadline is {Day(day)}: today is the last day."
            : $"The deadline is {Day(day)}, in {Count(left, "day")}.",
        day => $"The program closed on {Day(day)}.",
        left => left == 0
            ? "The program closes today: check the exact time at once."
            : $"There {(left == 1 ? "is" : "are")} {Count(left, "day")} left: prepare the application documents in time.");

    private static Dictionary<string, ReasonText> Reasons() => new(StringComparer.Ordinal)
    {
        [MatchReasonCodes.ExactKeywordMatch] = For(1, d => $"The program contains your keywords ({Words(d)})."),
        [MatchReasonCodes.SectorMatch] = For(1, d => $"The program is of your sector ({SectorOf(d[0])})."),
        [MatchReasonCodes.SectorByMinistry] = For(1, d =>
            $"The responsible ministry{(d.Length > 1 && d[1].Length > 0 ? $" ({d[1]})" : "")} works in your sector ({SectorOf(d[0])})."),
        [MatchReasonCodes.SectorKeywordMatch] = For(1, d => $"The program uses terms of your sector ({Words(d)})."),
        [MatchReasonCodes.CrossIndustryKeyword] = For(2, d => $"The program is about {SectorsOf(d[0])} and shares your keywords ({Words(d[1..])})."),
        [MatchReasonCodes.TechnologyKeywordMatch] = For(1, d => $"Your key technologies ({Words(d)}) relate to the program."),
        [MatchReasonCodes.TrlPerfectMatch] = For(3, d => $"Your readiness level (TRL {d[0]}) is within what the program asks for ({Range(d)})."),
        [MatchReasonCodes.TrlInferredMatch] = Care(3, d =>
            $"The program states no readiness level, so yours (TRL {d[0]}) was compared with what such programs usually ask for ({Range(d)}), and is within it."),
        [MatchReasonCodes.TrlTooLowClose] = Care(3, d => $"Your readiness level (TRL {d[0]}) is one level below what such programs usually ask for ({Range(d)}); the program states none: check the announcement."),
        [MatchReasonCodes.TrlTooLowModerate] = Care(3, d => $"Your readiness level (TRL {d[0]}) is two levels below what such programs usually ask for ({Range(d)}); the program states none: check the announcement."),
        [MatchReasonCodes.TrlTooHighClose] = Care(3, d => $"Your readiness level (TRL {d[0]}) is one level above what such programs usually ask for ({Range(d)}); the program states none: check the announcement."),
        [MatchReasonCodes.TrlTooHighModerate] = Care(3, d => $"Your readiness level (TRL {d[0]}) is two levels above what such programs usually ask for ({Range(d)}); the program states none: check the announcement."),
        [MatchReasonCodes.TrlNotProvided] = Care(0, _ => "You have not given a readiness level (TRL), so its fit could not be checked."),
        [MatchReasonCodes.TrlNoRequirement] = For(0, _ => "No readiness level (TRL) requirement was found."),
        [MatchReasonCodes.TypeMatch] = For(0, _ => "Your kind of organization may apply."),
        [MatchReasonCodes.TypeNoRestriction] = For(0, _ => "No restriction to certain kinds of organizations was found."),
        [MatchReasonCodes.RegionMatch] = For(1, d => $"You have a site where the program is for ({RegionsOf(d)})."),
        [MatchReasonCodes.RegionUnchecked] = Care(1, d => $"The program is for certain provinces ({RegionsOf(d)}); you have not given your sites, so that could not be checked."),
        [MatchReasonCodes.ScaleUnchecked] = Care(1, d => $"The program is for {ScaleOf(d[0])}; you have not given your company's size, so that could not be checked."),
        [MatchReasonCodes.AgeUnchecked] = Care(1, d => $"The program is for companies under {d[0]} years old; you have not given the founding date, so that could not be checked."),
        [MatchReasonCodes.RndExperience] = For(0, _ => "You have carried out R&D projects."),
        [MatchReasonCodes.Collaboration] = For(1, d => d[0] == "1" ? "You have carried out 1 joint project." : $"You have carried out {d[0]} joint projects."),
        [MatchReasonCodes.DeadlineSet] = For(1, d => $"The deadline is {d[0]}."),
        [MatchReasonCodes.DeadlineUnknown] = Care(0, _ => "No deadline was found: check the schedule in the announcement."),
        [MatchReasonCodes.BudgetUnknown] = Care(0, _ => "No budget was found: check the announcement."),
    };

    private static string Summary(ScoreBand band, int score, OrganizationType type)
    {
        var you = type == OrganizationType.Company ? "your company" : "your institute";
        return band switch
        {
            ScoreBand.Excellent => $"This program fits {you} very well (score {score}).",
            ScoreBand.Good => $"This program largely fits {you} (score {score}).",
            ScoreBand.Conditional => $"This program fits {you} in part; its detailed requirements need a check (score {score}).",
            _ => $"This program fits {you} only to a small degree (score {score}).",
        };
    }

    private static string Advice(ScoreBand band) => band switch
    {
        ScoreBand.Excellent => "Check the detailed eligibility in the announcement and start to prepare the application.",
        ScoreBand.Good => "Check the detailed eligibility in the announcement and consider to apply.",
        ScoreBand.Conditional => "Check the conditions first, then decide whether to apply.",
        _ => "Compare it with other programs before you decide.",
    };

    private static ReasonText For(int details, Func<ImmutableArray<string>, string> sentence) =>
        new(ReasonTone.Positive, details, sentence);

    private static ReasonText Care(int details, Func<ImmutableArray<string>, string> sentence) =>
        new(ReasonTone.Warning, details, sentence);

    private static string Words(ImmutableArray<string> details) => string.Join(", ", details);

    private static string SectorOf(string label) =>
        Taxonomy.Default.TryGetSector(label, out var sector) ? Sectors[sector] : label;

    private static string SectorsOf(string labels) => string.Join(", ", labels.Split(", ").Select(SectorOf));

    private static string RegionsOf(ImmutableArray<string> labels) => string.Join(
        ", ", labels.Select(label => RegionMap.AllRegions.FirstOrDefault(region => RegionMap.Default.Label(region) == label)));

    private static string ScaleOf(string scale) => scale switch
    {
        "STARTUP" => "start-ups",
        "SME" => "small and medium-sized companies",
        _ => "companies up to mid-sized ones",
    };

    private static string Range(ImmutableArray<string> details) =>
        details[1] == details[2] ? $"TRL {details[1]}" : $"TRL {details[1]} to {details[2]}";

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
