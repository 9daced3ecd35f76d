using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Classification;

/// <summary>The audience from 지원대상 and similar fields. Empty means that no restriction is stated.</summary>
public static partial class Audiences
{
    /// <summary>Reads the words of a text. Never throws.</summary>
    public static ImmutableArray<OrganizationType> Parse(string? text)
    {
        // A company's own lab is a condition on companies; read as an institute it would open the program to all.
        var rest = CompanyLabRegex().Replace(ExcludedRegex().Replace(PlainText.ForParsing(text), string.Empty), "기업");
        var company = CompanyRegex().IsMatch(rest);
        var institute = InstituteRegex().IsMatch(rest);
        return (company, institute) switch
        {
            (true, true) => [OrganizationType.Company, OrganizationType.ResearchInstitute],
            (true, false) => [OrganizationType.Company],
            (false, true) => [OrganizationType.ResearchInstitute],
            _ => [],
        };
    }

    // "대학 제외" excludes universities; it does not make them the audience.
    [GeneratedRegex(@"(?:대기업|중견기업|영리기업|기업|대학|연구소|연구기관|출연연)\s?(?:은|는|을|를)?\s?제외", RegexOptions.CultureInvariant)]
    private static partial Regex ExcludedRegex();

    [GeneratedRegex(@"\(?(?:기업\s?)?부설\)?\s?연구(?:소|기관)(?:\s?보유\s?기업)?|연구소\s?기업|기업\s?연구소", RegexOptions.CultureInvariant)]
    private static partial Regex CompanyLabRegex();

    [GeneratedRegex("기업|중소|벤처|스타트업|소상공인|사업자|업체", RegexOptions.CultureInvariant)]
    private static partial Regex CompanyRegex();

    [GeneratedRegex(@"연구소|연구기관|대학(?!생)|출연\s?\(?연|출연기관|연구원(?!\s?(?:수|[0-9]))|의료기관|상급종합병원", RegexOptions.CultureInvariant)]
    private static partial Regex InstituteRegex();
}
