using System.Text.RegularExpressions;
using Connect.Core.Programs;

namespace Connect.Core.Classification;

/// <summary>
/// What an announcement is. The title decides; the body is asked only where the title says nothing, and then
/// only for demand surveys, whose titles are sometimes bare.
/// </summary>
public static partial class KindClassifier
{
    /// <summary>Classifies by title, then by body. Never throws; what cannot be told is a call.</summary>
    public static ProgramKind Classify(string? title, string? body)
    {
        var text = PlainText.ForParsing(title);
        if (SurveyRegex().IsMatch(text))
        {
            return ProgramKind.Survey;
        }

        if (NoticeRegex().IsMatch(text))
        {
            return ProgramKind.Notice;
        }

        if (PolicyStudyRegex().IsMatch(text))
        {
            return ProgramKind.PolicyStudy;
        }

        if (TrainingRegex().IsMatch(text))
        {
            return ProgramKind.Training;
        }

        if (InfrastructureRegex().IsMatch(text) && !DevelopmentRegex().IsMatch(text))
        {
            return ProgramKind.Infrastructure;
        }

        if (!DevelopmentRegex().IsMatch(text)
            && (SupportRegex().IsMatch(text) || (CommercializationRegex().IsMatch(text) && !NewProjectsRegex().IsMatch(text))))
        {
            return ProgramKind.Support;
        }

        return !CallRegex().IsMatch(text) && BodySurveyRegex().IsMatch(PlainText.ForParsing(body)) ? ProgramKind.Survey : ProgramKind.Call;
    }

    [GeneratedRegex(@"수요\s?조사|의견\s?수렴|설문", RegexOptions.CultureInvariant)]
    private static partial Regex SurveyRegex();

    // A programme's yearly 시행계획 공고 is the call itself; 시행계획 안내 only speaks of it. 연장공고 is the call with a new date.
    [GeneratedRegex(
        @"설명회|간담회|공청회|입찰\s?공고|사전\s?규격|계획\s?안내|변경\s?안내|연기\s?안내|일정\s?(?:변경|연기|안내|공고)|(?:변경|연기|취소|정정)\s?(?:사항\s?)?(?:알림|안내)"
        + @"|추진\s?계획(?:\s?공고)?\s?$|선정\s?결과|결과\s?(?:공고|안내|알림)|평가\s?위원|사업단장\s?(?:재?공모)|직원\s?채용",
        RegexOptions.CultureInvariant)]
    private static partial Regex NoticeRegex();

    [GeneratedRegex(@"기획\s?연구|정책\s?연구|연구\s?기획|정책\s?(?:개발|수립|과제)|연구\s?용역|용역\s?연구|타당성\s?조사", RegexOptions.CultureInvariant)]
    private static partial Regex PolicyStudyRegex();

    [GeneratedRegex(
        @"인력\s?양성|인재\s?양성|인재\s?육성|리더\s?양성|전문가\s?양성|교육\s?(?:훈련|과정|생|프로그램)|훈련|연수|장려금|아카데미|부트캠프|대학원\s?(?:지원|사업)",
        RegexOptions.CultureInvariant)]
    private static partial Regex TrainingRegex();

    [GeneratedRegex(@"(?:기반|인프라|시설|센터|장비|테스트베드|플랫폼|거점|네트워크|체계|단지)[가-힣\s·]{0,6}구축|(?:인프라|시설|센터|단지)[가-힣\s·]{0,6}조성|인프라\s", RegexOptions.CultureInvariant)]
    private static partial Regex InfrastructureRegex();

    [GeneratedRegex(
        @"창업\s?(?:지원|스튜디오|활성화|패키지|선도)|바우처|액셀러레이팅|엑셀러레이팅|컨설팅|판로|기술\s?지원\s?사업|PoC|시제품\s?제작\s?지원"
        + @"|발굴\s?및\s?(?:연계|창업)|특구\s?(?:육성|지역|양방향|혁신)|이노폴리스|융자|인증\s?지원|연구소\s?기업|정착\s?지원",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SupportRegex();

    // Money for bringing results to market is support, unless projects are selected for it.
    [GeneratedRegex(@"사업화\s?(?:지원|연계|네트워크|사업|유망|촉진)|기술\s?사업화", RegexOptions.CultureInvariant)]
    private static partial Regex CommercializationRegex();

    [GeneratedRegex(@"신규|공모|시행|선정", RegexOptions.CultureInvariant)]
    private static partial Regex NewProjectsRegex();

    [GeneratedRegex(@"기술\s?개발|기술\s?혁신|연구\s?개발|R&?D|핵심\s?기술", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DevelopmentRegex();

    [GeneratedRegex(@"신규\s?(?:지원|과제)|공모|선정\s?계획|시행\s?계획|지원\s?계획|통합\s?공고|모집", RegexOptions.CultureInvariant)]
    private static partial Regex CallRegex();

    [GeneratedRegex(@"수요조사서|수요조사를\s?실시", RegexOptions.CultureInvariant)]
    private static partial Regex BodySurveyRegex();
}
