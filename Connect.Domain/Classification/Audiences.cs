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
        var all = PlainText.ForReading(text);
        if (UnrestrictedRegex().IsMatch(all))
        {
            return [OrganizationType.Company, OrganizationType.ResearchInstitute];
        }

        // A company's own lab is a condition on companies, and so is technology that it has from an institute; students are neither.
        var rest = ExcludedRegex().Replace(all, string.Empty);
        rest = TransferRegex().Replace(StudentRegex().Replace(rest, string.Empty), string.Empty);
        rest = CompanyLabRegex().Replace(rest, "기업");
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

    [GeneratedRegex(@"제한\s?(?:이\s?)?없음|제한\s?없이|자격\s?무관|누구나|(?<!전)산\W{0,2}학\W{0,2}연", RegexOptions.CultureInvariant)]
    private static partial Regex UnrestrictedRegex();

    // "공공연구기관의 기술을 이전받은 기업".
    [GeneratedRegex(
        @"(?:대학|공공\s?연구\s?기관|연구\s?기관|연구소|출연\s?\(?연\)?|공공\s?연\w{0,2})[^,;\n]{0,10}?\s?(?:기술|특허|성과)\w{0,6}\s?(?:을|를)?\s?"
        + "(?:이전|매입|도입|출자|양수|실시권|사업화)(?:\\s?받|하|한|을|\\s?완료)", RegexOptions.CultureInvariant)]
    private static partial Regex TransferRegex();

    [GeneratedRegex(@"대학\s?(?:교|원)?\s?(?:생|에?\s?(?:재학|재적|휴학|졸업))\w{0,4}|\w{0,4}과정\s?(?:재학)?생", RegexOptions.CultureInvariant)]
    private static partial Regex StudentRegex();

    [GeneratedRegex(
        @"(?<!대학\s?|대학교\s?|병원\s?|대학\(원\)\s?)\(?(?:기업\s?)?부설\)?\s?연구(?:소|기관)(?:\s?보유\s?기업)?|연구소\s?기업|기업\s?연구소",
        RegexOptions.CultureInvariant)]
    private static partial Regex CompanyLabRegex();

    [GeneratedRegex("기업|중소|벤처|스타트업|소상공인|사업자|업체|창업자|(?<!비\\s?)영리\\s?(?:법인|기관|단체)", RegexOptions.CultureInvariant)]
    private static partial Regex CompanyRegex();

    [GeneratedRegex(
        @"연구소|연구\s?기관|대학(?!생)|출연\s?\(?연|출연기관|연구원(?!\s?(?:수|[0-9]))|의료기관|병원|비영리\s?(?:법인|기관|단체)|교수|전임\s?교원",
        RegexOptions.CultureInvariant)]
    private static partial Regex InstituteRegex();
}
