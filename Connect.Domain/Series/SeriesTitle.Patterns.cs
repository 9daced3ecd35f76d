using System.Text.RegularExpressions;

namespace Connect.Domain.Series;

/// <content>The words and numbers of rounds. All patterns read prepared texts: no blanks, lower case, round brackets.</content>
internal static partial class SeriesTitle
{
    private const string Ordinal = @"[0-9]{1,2}(?:[·,~/\-][0-9]{1,2})?";

    // 제, where it is not the end of a word: 과제3차 is 과제 and 3차.
    private const string No = "(?<!과|경|규|국|문|통|의|약|복|어|촉|매|면)제";

    // A plan has a number of its own: 제2차 국가표준기본계획.
    private const string NoPlan = "(?![^()]{0,40}?(?:기본|종합|중장기|진흥|육성|발전|관리|마스터)(?:계획|플랜))";

    // Words that make a name with a number: 2차전지, 4차산업혁명, 1차의료, 3차원.
    private const string NoName =
        "(?!전지|원|의료|진료|병원|협력(?:사|업체|기업)|벤더|밴더|피해|오염|금속|가공|배터리|년도|연도|구조|감염|면역|대사|생산물|에너지(?:소비|원)|자극|함수|방정식|미분|냉각"
        + "|측|코일|압|용수|처리|시장|고객|식이|량|로|종|선|륜|상용|소재(?!부품))";

    // Years that goals are named after, not rounds: 2050 탄소중립, 2030 비전.
    private const string NoGoal = "(?!탄소|비전|vision|넷제로|net|ndc|엑스포|expo|아젠다|어젠다|sdg|세대|청년|여성|목표|온실|미래|로드맵)";

    /// <summary>The year in which NTIS parts a call from its project.</summary>
    [GeneratedRegex(@"_\((?:19|20)[0-9]{2}\)", RegexOptions.CultureInvariant)]
    private static partial Regex RepeatRegex();

    [GeneratedRegex(
        @"(?:(?:재|수정|변경|연장|정정)?(?:공고|고시|공모|공지)(?:번호)?[-:.]?(?:[가-힣]{1,3}-)?)?제?(?:[가-힣]{1,6}-)?(?:(?:19|20)[0-9]{2}|(?<![0-9])'?[0-9]{2})[-_][0-9]{1,5}(?:-[0-9]{1,5})?호(?!기)"
        + @"|(?:재|수정|변경|연장|정정)?(?:공고|고시)(?:번호)?[-:]?(?:[가-힣]{1,3}-)?제[0-9]{1,5}(?:-[0-9]{1,5})?호"
        + @"|(?<=\()(?:제?[0-9]{1,5}호|제?(?:19|20)[0-9]{2}(?:-[0-9]{1,5}){1,3})(?=\))|(?:공고|접수|사업)번호:?제?[0-9]+(?:-[0-9]+)*호?",
        RegexOptions.CultureInvariant)]
    private static partial Regex NoticeNumberRegex();

    [GeneratedRegex(
        "(?:선정|평가|심사|모집|접수|공모|심의)?결과(?:를)?(?:발표|공고|안내|알림|공지|통보|공개)|(?:선정|평가|심사)결과(?=$|\\()"
        + "|(?<!지원|추천|대상)(?:최종)?선정(?:된)?(?:기업|기관|과제|대상자|대상|자|팀|업체|대학)?(?:발표|알림|공지|명단|안내|공개|통보)|최종선정(?:공고)?|합격자(?:발표|공고|안내)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex ResultRegex();

    [GeneratedRegex(
        @"(?:19|20)[0-9]{2}[-~·,/](?:19|20)[0-9]{2}(?:학년도|년도|연도|년)?"
        + @"|'[0-9]{2}년?[-~·,/]'?[0-9]{2}(?:년도|년)?(?![0-9])|fy'?(?:20)?[0-9]{2}(?![0-9])"
        + @"|(?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}\.?(?![0-9])"
        + "|(?:19|20)[0-9]{2}(?:학년도|회계연도|년도|연도)(?:[0-9]{1,2}월)?"
        + "|(?:19[0-9]|20[0-2])[0-9]년(?!간|대(?:의|$))(?:[0-9]{1,2}월)?|20[3-9][0-9]년(?!간|까지)" + NoGoal + "(?:[0-9]{1,2}월)?"
        + @"|'[0-9]{2}(?![0-9])(?:학년도|년도|연도|년)?(?:\.[0-9]{1,2}){0,2}\.?(?:[0-9]{1,2}월)?"
        + "|(?<![0-9])[0-9]{2}(?:학년도|회계연도|년도|연도)"
        + @"|(?<![0-9.,]|업력|창업|설립|경력|최대|향후|이후|약|최근|지난)[1-3][0-9]년(?!간|차(?!세대|량|상위|별)|이상|이내|이하|미만|제|넘|만|까지|동안|경력|된|의|전통|내구|수명)"
        + @"|(?<![0-9.])20(?:0[1-9]|[12][0-9])(?![0-9]|[.,][0-9]|(?:억|만원|개|명|톤|대|호|배|급|시간|건|점)(?![가-힣])|㎡|%)"
        + @"|^\(?20[3-9][0-9](?![0-9]|[.,][0-9]|억|만원|개|명|톤|호|배|급|시간|건|%|년)" + NoGoal
        + "|[一二三四五六七八九〇零]{4}(?:년도|년|年度|年)",
        RegexOptions.CultureInvariant)]
    private static partial Regex YearRegex();

    /// <summary>A number after the year is a round, also where it would make a name: 2026년 1차 산업기술, 2026-1차.</summary>
    [GeneratedRegex(
        @"((?:19|20)[0-9]{2}(?:학년도|년도|연도|년)?)[-_.]?\(?" + Ordinal + "차(?=산업(?:기술|디자인|융합)|에너지|의료(?:기기|기술)|소재)\\)?", RegexOptions.CultureInvariant)]
    private static partial Regex RoundAfterYearRegex();

    [GeneratedRegex(
        No + Ordinal + "차(?!산업혁명|년도|연도|원)" + NoPlan
        + @"|(?<![0-9.]|[a-z])" + Ordinal + "차(?!산업)" + NoName + NoPlan
        + "|" + No + "[일이삼사오육칠팔구십一二三四五六七八九十]{1,2}[차次]" + NoPlan + "|[一二三四五六七八九十][차次](?!전지|원)" + "|(?<![0-9])[0-9]{1,2}次"
        + "|(?:" + No + ")?[0-9]{1,2}회차|" + No + "[0-9]{1,3}회(?!로|전|귀|생|의)"
        + "|(?:" + No + @")?(?<![0-9])[0-9]{1,3}기(?=참여|참가|모집|교육|수강|입주|연수|서포터|멘토|창업|기업|추가|신규|공모|공고|생|\)|$)"
        + "|(?:첫|두|세|네|다섯)번째",
        RegexOptions.CultureInvariant)]
    private static partial Regex RoundRegex();

    [GeneratedRegex(@"상[·/,.]?하반기|상반기|하반기|전반기|후반기|(?:(?<!과|경|규|국)제|[1-4]/)?[1-4](?:/4)?분기|(?<![0-9])[12]학기", RegexOptions.CultureInvariant)]
    private static partial Regex PartOfYearRegex();

    [GeneratedRegex(@"(?<![0-9])[0-9]{1,2}(?:[~,·\-][0-9]{1,2})?월(?:분|호)?(?=(?:정기|추가|재|수시)?(?:공고|공모|모집|접수)|\)|$)", RegexOptions.CultureInvariant)]
    private static partial Regex MonthRegex();

    [GeneratedRegex(
        "(?:접수|신청|모집|공고|공모|제출|마감|참가|공모기간)(?:기간|기한|마감|일정|일)?의?(?:재)?(?:연장|변경)(?=공고|안내|알림|공지|\\)|$)"
        + "|(?<!지정|유효|인증|협약|계약|사용)(?:기간|기한|마감|일정)(?:재)?(?:연장|변경)(?=공고|안내|알림|공지|모집|\\)|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex ExtensionRegex();

    [GeneratedRegex(
        "(?:(?:(?<!수명|생명|기간)연장|추가|(?<!유전자)변경|수정|정정|긴급|통합|(?<!인|소|자|교|문화|목|존|현|기|부|식|석|건|도|적)재)(?:사항)?)+(?=재?공고|공모|모집|접수)",
        RegexOptions.CultureInvariant)]
    private static partial Regex RepublicationRegex();

    [GeneratedRegex(
        "(?:공고(?:문|안)?|공모(?:요강|안내|문)?|모집(?:요강|문)?|안내(?:문|서)?|알림|공지(?:사항)?|게시|요강|신청(?:서)?|접수|시행|(?:시행|선정|지원|모집|공모)계획|선정|통합|(?<!협약|계약|유전자)변경"
        + "|(?:신규)?추가|신규(?:지원)?(?:대상)?(?:연구개발)?(?:과제)?|지원대상|대상(?:연구개발)?과제|(?:지원|선정|모집)?대상(?:기업|자)?|과제|(?:참여|참가|지원|수혜|신청)기업|(?<=사업|프로그램)기업"
        + "|(?:주관)?연구개발기관|지원사업|사업|(?<!신청|모집)지원|상시|(?:을|를)위한|관련|(?<=사업|과제)재)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex TailRegex();

    /// <summary>Brackets that name no part of a program: dates, platforms, marks of a publication.</summary>
    [GeneratedRegex(
        @"^(?!(?:[0-9]+[.\-/_·]?){1,2}$)(?:[0-9\s.~\-/:,'_·*]|년도?|월|일|시|분|까지|부터|접수|신청|모집|마감|기간|기한|공고|공모|안내|재|수정|연장|변경|정정|추가|긴급|최종|신규|통합|일반공고|본공고|사업|과제|iris|smtech|ntis|e나라도움|온라인"
        + "|r&?d|안|국비|국고|지방비|가칭|new|오전|오후|(?<=[0-9.])[월화수목금토])*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex BracketNoiseRegex();

    [GeneratedRegex("지원사업(?!화|단|자|장|체|성)|사업(?!화|단|자|장|체|성)", RegexOptions.CultureInvariant)]
    private static partial Regex ProgramRegex();

    /// <summary>연구개발 and R&amp;D, which boards exchange.</summary>
    [GeneratedRegex("연구개발|r&d", RegexOptions.CultureInvariant)]
    private static partial Regex ResearchRegex();
}
