using System.Text.RegularExpressions;

namespace Connect.Domain.Classification;

/// <content>The words of each kind.</content>
public static partial class KindClassifier
{
    [GeneratedRegex(@"수요\s?(?:조사|제안)|의견\s?(?:수렴|조회)|(?<!건)설문|과제\s?(?:발굴|제안)\s?공모|아이디어\s?공모", RegexOptions.CultureInvariant)]
    private static partial Regex SurveyRegex();

    // What people attend to learn is training, whatever its form is called.
    [GeneratedRegex(@"전문\s?교육|교육\s?(?:생|과정)\s?모집", RegexOptions.CultureInvariant)]
    private static partial Regex LessonRegex();

    // A program's yearly 시행계획 공고 is the call itself. 시행계획 안내 and the plan of a whole field (진흥 시행계획) only
    // inform about it. 연장공고 is the call with a new date.
    [GeneratedRegex(
        @"설명회|간담회|공청회|토론회|세미나|심포지엄|포럼\s?개최|입찰\s?공고|사전\s?규격|사전\s?예고|계획\s?안내|변경\s?안내|연기\s?안내|일정\s?(?:변경|연기|안내|공고)"
        + @"|(?:변경|연기|취소|정정)\s?(?:사항\s?)?(?:알림|안내)|(?:업무|R&?D)\s?추진\s?계획|추진\s?계획(?:\s?공고)?\s?$|진흥\s?시행\s?계획|행정\s?예고|입법\s?예고"
        + @"|기본\s?계획|종합\s?계획|후보자?\s?추천|포상(?:금|\s|$)|시상(?:식|\s|$)|표창|위원\s?(?:모집|공모)|전문가\s?모집|개최\s?(?:안내|알림)?\s?$|선정\s?결과"
        + @"|평가\s?결과|결과\s?(?:공고|안내|알림)|평가\s?위원|직원\s?채용|추진\s?일정|이의\s?신청|만족도|공모전|경진\s?대회"

        // No call, because one cannot apply: the performer is named already, the call follows later, or the project is running or over.
        + @"|정책\s?지정|(?:인터넷|RFP|요구서|과제)\s?\)?\s?(?:\(?안\)?\s?)?공시|사전\s?공(?:고|시)|공고\s?예고|접수\s?예정|연차\s?(?:실적|보고|계획)|실적\s?(?:보고|계획)\s?서"
        + @"|(?:최종|결과|단계)\s?보고서|(?:지정|유효|인증)\s?기간|선정\s?(?:기업|기관|과제|대상자?)\s?(?:알림|발표|공지|안내|명단)"

        // Not money: things to attend, people to serve, goods and services to buy.
        + @"|(?:포럼|페스티벌|컨퍼런스|콘퍼런스|토크콘서트|워크숍|워크샵)[^가-힣]{0,3}[가-힣()·•\s]{0,12}(?:참가|개최|모집)|(?:배심원|심사위원|평가단|자문단|서포터즈|기자단|체험단|모니터링단)\S{0,2}\s?\S{0,3}모집"
        + @"|(?<!연구\s?)용역(?:\s?(?:입찰|공고|발주|계약|재공고))?\s?$|(?:물품|장비)\s?(?:구매|구입|임차)|구매\s?입찰|긴급\s?입찰|제안\s?요청서",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoticeRegex();

    [GeneratedRegex(
        @"기획\s?연구|정책\s?연구|연구\s?기획|정책\s?(?:개발|수립|과제|지원\s?연구)|제도\s?(?:연구|개선)|방안\s?연구|개선\s?방안|내실화|기관\s?평가|실태\s?조사|로드맵\s?수립"
        + @"|전략\s?수립|연구\s?용역|용역\s?(?:연구|과제)|타당성\s?조사|동향\s?(?:조사|분석)|사전\s?기획",
        RegexOptions.CultureInvariant)]
    private static partial Regex PolicyStudyRegex();

    [GeneratedRegex(
        @"인력\s?(?:양성|육성)|인재\s?(?:[가-힣]{1,4}\s)?(?:양성|육성|성장)|리더\s?양성|전문가\s?(?:양성|육성)|교육\s?(?:훈련|과정|생|프로그램)|훈련"
        + @"|연수(?:\s|지원|사업|생|자|과정|프로그램|\)|$)|장려금|장학|(?:학부|석사|박사|학위)\s?과정(?!생)|아카데미|부트캠프|대학원\s?(?:지원|사업|육성)|(?:특성화|중심)\s?대학"
        + @"|현장\s?실습|인턴|(?:석\s?[·‧․ㆍ]?\s?박사|과학자|연구자|전문가|고급\s?인력)\s?양성|양성\s?(?:사업|과정|프로그램)|인력\s?교류|(?:연구자|학생)\s?교류|펠로우십|Fellowship",
        RegexOptions.CultureInvariant)]
    private static partial Regex TrainingRegex();

    // Services to companies, of any technology.
    [GeneratedRegex(
        @"융합\s?혁신\s?지원단|(?:참여|수혜|지원|수요|추천)\s?기업\s?(?:\([^)]{0,20}\)\s?)?(?:[0-9]차\s?)?(?:추가\s?)?모집|기업\s?지원\s?프로그램|혁신\s?기업\s?[0-9]*\s?선정|기술\s?지원\s?(?:사업|\()|연구\s?인력\s?지원"
        + @"|인력\s?(?:채용|활용)\s?지원|바우처|판로|컨설팅|창업\s?선도\s?대학|안전\s?환경\s?구축|해외\s?전시|박람회\s?참가|시험\s?인증\s?지원|융자(?!\s?연계)|이차\s?보전",
        RegexOptions.CultureInvariant)]
    private static partial Regex EnterpriseSupportRegex();

    [GeneratedRegex(
        @"(?:인프라|시설|센터|장비|테스트\s?베드|플랫폼|거점|네트워크|단지|(?<!협력\s?|생태계\s?)기반)[가-힣\s·]{0,6}(?:구축|조성|고도화\s?지원|확충)"
        + @"|(?:뱅크|라이브러리|GPU|컴퓨팅\s?자원|데이터\s?댐)[가-힣\s·()]{0,8}(?:구축|확보|조성)|(?:산업|진흥|관리|지원|운영)\s?체계\s?구축|센터\s?(?:운영|지정)|국가\s?관리\s?기관|인프라\s|장비\s?공동\s?활용|사업단장\s?(?:재?공모)",
        RegexOptions.CultureInvariant)]
    private static partial Regex InfrastructureRegex();

    [GeneratedRegex(
        @"창업\s?(?:지원|스튜디오|활성화|패키지|사업화|보육)|액셀러레이팅|엑셀러레이팅|(?<![A-Z])PoC(?![A-Z])|시제품\s?제작\s?지원|발굴\s?및\s?(?:연계|창업)"
        + @"|특구\s?(?:육성|지역|양방향|혁신)|이노폴리스|인증\s?지원|연구소\s?기업|정착\s?지원|기술\s?(?:이전|거래|보호)\s?지원|수출\s?지원|마케팅|홍보|네트워킹"
        + @"|네트워크\s?(?:운영|지원)|멘토링|투자\s?유치|데모데이|입주\s?기업|애로\s?기술|학술\s?(?:대회|지)\s?지원",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SupportRegex();

    // Money for bringing technology to market is support, unless projects are selected for it or it goes on with research's results.
    [GeneratedRegex(@"사업화\s?(?:지원|연계|네트워크|사업|유망|촉진)|기술\s?사업화", RegexOptions.CultureInvariant)]
    private static partial Regex CommercializationRegex();

    [GeneratedRegex(
        @"신규|공모|시행|선정|기술\s?개발|기술\s?혁신|연구\s?개발|연구\s?성과|(?<![A-Z])R&?D(?![A-Z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NewProjectsRegex();

    [GeneratedRegex(
        @"기술\s?개발|기술\s?혁신|연구\s?개발|(?<![A-Z])R&?B?D(?![A-Z])|핵심\s?기술|원천\s?기술|공동\s?연구|개발\s?및\s?실증|기술\s?실용화",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DevelopmentRegex();

    // A program that gives companies a service, unless it mentions research.
    [GeneratedRegex(
        @"(?:참여|지원|수혜|수요|대상|전문|후보)\s?기업\s?(?:선정|공모)|기업\s?모집|지원\s?사업|육성\s?(?:·|및)?\s?지원|생태계\s?조성|확산\s?(?:지원|사업)|촉진\s?사업"
        + @"|지역\s?특성화|경쟁력\s?강화\s?지원",
        RegexOptions.CultureInvariant)]
    private static partial Regex ServiceRegex();

    [GeneratedRegex(
        @"기술\s?개발|기술\s?혁신|연구\s?개발|(?<![A-Z])R&?B?D(?![A-Z])|과제|신규\s?(?:지원|과제|공모|공고|선정)|대상\s?과제|시행\s?계획|연구\s?(?:지원|사업|거점|단)|연구자\s?지원"
        + @"|공동\s?연구|기초\s?연구|실증|핵심\s?기술|원천",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ResearchRegex();

    // Titles of sub-programs and projects seldom say that one can apply. An institute (연구원, 연구소) is no research. A program that is
    // announced (사업 공고) is one to apply for, where no rule before has found another kind.
    [GeneratedRegex(
        @"연구(?![원소회관실])|개발|기술[가-힣]{0,2}\s?(?:산업화|사업화|고도화|상용화|테마)|(?:연구|기술)\s?성과|챌린지|프로젝트"
        + @"|사업[^가-힣]{0,4}\s?(?:(?:제?\s?[0-9]{1,2}차|시행|신규|통합|선정|추가|변경|수정|연장|재)\s?){0,3}공고",
        RegexOptions.CultureInvariant)]
    private static partial Regex ProjectRegex();

    [GeneratedRegex(@"신규\s?(?:지원|과제)|공모|선정\s?계획|시행\s?계획|지원\s?계획|통합\s?(?:재)?공고|모집|신청\s?요강", RegexOptions.CultureInvariant)]
    private static partial Regex CallRegex();

    [GeneratedRegex(@"수요조사서|수요조사를\s?실시", RegexOptions.CultureInvariant)]
    private static partial Regex BodySurveyRegex();

    // Of a body that says how to apply, only money for projects makes a call: people also apply for briefings and lessons.
    [GeneratedRegex(@"(?:신청|접수|공모)\s?(?:기간|기한|방법|자격|마감)", RegexOptions.CultureInvariant)]
    private static partial Regex BodyApplicationRegex();

    [GeneratedRegex(
        @"연구\s?개발\s?비|연구\s?비|출연금|과제당|과제별|연구\s?개발\s?(?:계획|과제|기관)|연구\s?책임자|주관\s?(?:연구\s?)?(?:개발\s?)?기관", RegexOptions.CultureInvariant)]
    private static partial Regex BodyFundingRegex();

    [GeneratedRegex(
        @"입찰|용역|구매|채용|행사|설명회|세미나|포럼|결과|공지|알림|보도|뉴스|소식|정책\s?지정|규격|예고|시상|공모전|경진|위원", RegexOptions.CultureInvariant)]
    private static partial Regex NoticeTypeRegex();

    [GeneratedRegex(@"교육|인력\s?(?:양성|육성)|인재|연수|훈련|장학", RegexOptions.CultureInvariant)]
    private static partial Regex TrainingTypeRegex();

    // 지원사업 is no sign: boards list calls and services under it.
    [GeneratedRegex(
        @"(?:자유|지정|품목|통합|신규|일반|상시|정기|수시|과제|사업)\s?(?:지정\s?|형\s?)?공[모고]|공모|신규\s?과제|연구\s?개발|(?<![A-Z])R&?D(?![A-Z])|기술\s?개발",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CallTypeRegex();

    [GeneratedRegex(@"수요\s?(?:조사|제안)\s?(?:서|표|양식|서식)|수요\s?조사|설문\s?지?", RegexOptions.CultureInvariant)]
    private static partial Regex SurveyFormRegex();

    // A tender asks for an offer of a price. 제안요청서 alone does not tell: so are requests for research proposals called.
    [GeneratedRegex(@"과업\s?(?:지시|내용|설명)\s?서|입찰|가격\s?제안\s?서|산출\s?내역\s?서|계약\s?(?:특수|일반)\s?조건|규격\s?서", RegexOptions.CultureInvariant)]
    private static partial Regex TenderFormRegex();

    [GeneratedRegex(@"수강\s?(?:신청|생)|교육\s?(?:신청|생|과정|일정)|연수\s?(?:신청|생)", RegexOptions.CultureInvariant)]
    private static partial Regex LessonFormRegex();

    [GeneratedRegex(
        @"(?:사업|연구|과제|수행)\s?(?:개발\s?)?계획\s?서|연구\s?개발\s?(?:계획|제안)|(?<![A-Z])RFPs?(?![A-Z])|(?:과제|기술)?\s?제안\s?요[구청]\s?서|과제\s?(?:신청|제안|공모)|공모\s?(?:안내|요강)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProposalFormRegex();
}
