using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Classification;

/// <summary>
/// Reads the audience from the funding lines that a title names, for announcements without a field for it.
/// 중소기업기술혁신개발 is for companies, 개인기초연구 for researchers of institutes; a title that names both or neither
/// has no restriction.
/// </summary>
internal static partial class AudienceClassifier
{
    public static (ImmutableArray<OrganizationType> Audience, ImmutableArray<string> Words) Find(string? title)
    {
        // A joint project is open to both sides.
        var text = PlainText.ForParsing(title);
        if (JointRegex().IsMatch(text))
        {
            return ([], []);
        }

        var company = CompanyRegex().Match(text);
        var institute = InstituteRegex().Match(text);
        return (company.Success, institute.Success) switch
        {
            (true, false) => ([OrganizationType.Company], [company.Value]),
            (false, true) => ([OrganizationType.ResearchInstitute], [institute.Value]),
            _ => ([], []),
        };
    }

    [GeneratedRegex(@"산학연|산학|산연|컨소시엄|공공\s?연구\s?기관|대학\s?연구소\s?-|기업\s?-\s?(?:대학|연구소)|공동\s?혁신|네트워크\)", RegexOptions.CultureInvariant)]
    private static partial Regex JointRegex();

    [GeneratedRegex(
        @"중소\s?기업|중견\s?기업|중견\s?중소|중소\s?벤처|벤처\s?기업|소상공인|스타트업|스케일\s?업|(?<![A-Z])Scale-?Up(?![A-Z])|창업\s?(?:기업|성장|스튜디오)"
        + @"|기술\s?창업|예비\s?창업|팁스|(?<![A-Z])TIPS(?![A-Z])|디딤돌|월드\s?클래스|후보\s?기업|유니콘|강소\s?기업|전문\s?기업|선도\s?기업|글로벌\s?기업|주문\s?연구"
        + @"|연구소\s?기업|기업\s?(?:부설|연구소)|사업화\s?\(|기술\s?사업화|(?<![A-Z])(?:R&?BD|DCP)(?![A-Z])|딥\s?테크\s?(?:챌린지|창업|스타트업|팁스)|민간\s?투자|투\W?융자\s?연계|투자\s?연계|기업\s?모집|업체\s?선정|구매\s?조건부"
        + @"|이어\s?달리기\s?사업|기업\s?(?:지원|성장|육성|협력)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CompanyRegex();

    [GeneratedRegex(
        @"(?:개인|집단|기초)\s?기초\s?연구|기초\s?연구\s?(?:사업|실|역량)|개인\s?연구|집단\s?연구|중견\s?연구|신진\s?연구|리더\s?연구|기초\s?과학|학술\s?연구|인문"
        + @"|박사\s?(?:후|과정)|석사\s?과정|Post-?Doc|연구\s?교수|연구자\s?교류|선도\s?연구\s?센터|대학(?!\s?병원)|연구\s?거점|연구\s?시설\s?활용|의사\s?과학자"
        + @"|상급\s?종합\s?병원|임상\s?연구|중개\s?(?:개인)?\s?연구|비교\s?평가|근거\s?생성|환자\s?중심|출연\s?연구\s?기관|출연\(연\)|공공\s?기관|공동\s?연구실|신청\s?요강"
        + @"|과학자|연구\s?책임자|연구단|Brain\s?Pool|정책\s?지정\s?과제\(|사업단장|국가\s?관리\s?기관|세종\s?과학|한우물|인력\s?양성|인재\s?양성",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InstituteRegex();
}
