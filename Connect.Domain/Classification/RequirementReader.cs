using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>
/// The organizations that a program is closed to: by legal form, size, age, or because its performer is designated
/// already. Lines of the ministry of SMEs are for smaller companies, start-up lines for young ones. The title is read
/// for lines, the body only for explicit conditions.
/// </summary>
internal static partial class RequirementReader
{
    private const string MinistryOfSmes = "중소벤처기업부";

    public static (ProgramRequirements Requirements, ImmutableArray<ClassificationEvidence> Evidence) Read(AnnouncementText announcement)
    {
        var title = PlainText.ForParsing(announcement.Title);
        var body = PlainText.ForParsing(announcement.Body);
        List<ClassificationEvidence> evidence = [];
        var startup = Note(evidence, "startUp", "true", StartupRegex().Match(title), EvidenceSource.Title);
        var years = Years(evidence, startup, title, body);
        var requirements = new ProgramRequirements(
            Structure(evidence, title, body), Scale(evidence, announcement.Ministry, title, startup), years,
            Note(evidence, "designated", "true", DesignatedRegex().Match(title), EvidenceSource.Title));
        return (requirements, [.. evidence]);
    }

    private static BusinessStructure? Structure(List<ClassificationEvidence> evidence, string title, string body)
    {
        foreach (var (text, source) in ((string, EvidenceSource)[])[(title, EvidenceSource.Title), (body, EvidenceSource.Body)])
        {
            if (Note(evidence, "structure", "CORPORATION", CorporationRegex().Match(text), source))
            {
                return BusinessStructure.Corporation;
            }

            if (Note(evidence, "structure", "SOLE_PROPRIETOR", SoleProprietorRegex().Match(text), source))
            {
                return BusinessStructure.SoleProprietor;
            }
        }

        return null;
    }

    private static CompanyScale? Scale(List<ClassificationEvidence> evidence, string? ministry, string title, bool startup)
    {
        if (startup || SmeRegex().IsMatch(title))
        {
            // 중견중소기업상생 and the like are open to both.
            if (Note(evidence, "scale", "MID_SIZED", MidSizedRegex().Match(title), EvidenceSource.Title))
            {
                return CompanyScale.MidSized;
            }

            Note(evidence, "scale", "SME", (startup ? StartupRegex() : SmeRegex()).Match(title), EvidenceSource.Title);
            return CompanyScale.Sme;
        }

        if (Note(evidence, "scale", "MID_SIZED", MidSizedRegex().Match(title), EvidenceSource.Title))
        {
            return CompanyScale.MidSized;
        }

        if (NormalizedText.Key(ministry) == MinistryOfSmes)
        {
            evidence.Add(new("scale", "MID_SIZED", [MinistryOfSmes], EvidenceSource.Ministry));
            return CompanyScale.MidSized;
        }

        return null;
    }

    private static int? Years(List<ClassificationEvidence> evidence, bool startup, string title, string body)
    {
        var (match, source) = YearsRegex().Match(title) is { Success: true } inTitle
            ? (inTitle, EvidenceSource.Title)
            : (YearsRegex().Match(body), EvidenceSource.Body);

        // A body may mention young companies among others. Only in a start-up line does it state a limit.
        if (!match.Success || (source == EvidenceSource.Body && !startup))
        {
            return null;
        }

        Note(evidence, "years", match.Groups["years"].Value, match, source);
        return int.Parse(match.Groups["years"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static bool Note(List<ClassificationEvidence> evidence, string what, string value, Match match, EvidenceSource source)
    {
        if (match.Success)
        {
            evidence.Add(new(what, value, [match.Value], source));
        }

        return match.Success;
    }

    [GeneratedRegex(
        @"창업\s?성장|창업\s?기업|예비\s?창업|스타트\s?업(?!\s?(?:협력|공동|연계))|팁스|(?<![A-Z])TIPS(?![A-Z])|디딤돌|초기\s?창업",
        RegexOptions.CultureInvariant)]
    private static partial Regex StartupRegex();

    [GeneratedRegex(@"중소\s?기업|중소\s?벤처|소상공인|중소\s?·?\s?중견|중견\s?·?\s?중소", RegexOptions.CultureInvariant)]
    private static partial Regex SmeRegex();

    [GeneratedRegex(@"중견", RegexOptions.CultureInvariant)]
    private static partial Regex MidSizedRegex();

    [GeneratedRegex(
        @"창업\s?(?:후\s?)?(?<years>[1-9]|1[0-9])\s?년\s?(?:미만|이내|이하)|업력\s?(?<years>[1-9]|1[0-9])\s?년\s?(?:미만|이내|이하)",
        RegexOptions.CultureInvariant)]
    private static partial Regex YearsRegex();

    [GeneratedRegex(
        @"개인\s?사업자(?:는|의)?\s?(?:제외|지원\s?불가|신청\s?불가|참여\s?불가)|법인\s?사업자(?:만|에\s?한)|법인\s?기업(?:만|에\s?한)",
        RegexOptions.CultureInvariant)]
    private static partial Regex CorporationRegex();

    [GeneratedRegex(@"개인\s?사업자(?:만|에\s?한)|법인(?:\s?사업자)?(?:은|는)?\s?(?:제외|신청\s?불가)", RegexOptions.CultureInvariant)]
    private static partial Regex SoleProprietorRegex();

    [GeneratedRegex(@"지정\s?과제|위탁\s?과제|수행\s?기관\s?지정|정책\s?지정", RegexOptions.CultureInvariant)]
    private static partial Regex DesignatedRegex();
}
