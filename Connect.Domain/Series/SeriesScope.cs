using System.Text.RegularExpressions;
using Connect.Domain.Programs;

namespace Connect.Domain.Series;

/// <summary>
/// The circle within which equal titles are one series. A title that names its subject is one ministry's. A title of common words
/// (연구개발 신규과제, 수출 지원) can be that of every agency: it is one agency's, or has no series.
/// </summary>
internal static partial class SeriesScope
{
    // The fewest letters that name a subject, besides common words: 팁스, 5g.
    private const int SubjectLetters = 2;

    /// <summary>The scope of a comparable title; null where the title could be anybody's.</summary>
    public static string? Of(string name, string? ministry, Agency agency, string? announcingAgency)
    {
        var owner = SeriesMinistries.CurrentNamesOf(ministry) ?? MinistryOf(agency);
        var announcer = AnnouncerOf(announcingAgency, owner);
        var bare = CommonRegex().Replace(name, "");
        if (!bare.Any(char.IsLetter))
        {
            return name.Length == 0 && announcer is null && MinistryOf(agency) is null ? null : Within(owner, agency, announcer, isAnybodys: true);
        }

        var isSpecific = HabitualRegex().Replace(bare, "").Count(char.IsLetter) >= SubjectLetters;
        return !isSpecific || owner is null ? Within(owner, agency, announcer, isAnybodys: false)

            // An institution of a region runs programs under the same titles as those of other regions.
            : announcer is not null && SeriesPlaces.IsRegional(announcer) ? $"{owner}|{announcer}"
            : owner;
    }

    /// <summary>The only ministry of an agency's board; null for a board of several.</summary>
    private static string? MinistryOf(Agency agency) => agency switch
    {
        Agency.IITP => "과학기술정보통신부",
        Agency.KEIT => "산업통상부",
        Agency.TIPA or Agency.MSS => "중소벤처기업부",
        Agency.KIMST => "해양수산부",
        _ => null,
    };

    private static string? Within(string? owner, Agency agency, string? announcer, bool isAnybodys) =>
        announcer is not null ? $"{owner}|{announcer}"
        : isAnybodys && agency is Agency.NTIS or Agency.IRIS or Agency.BIZINFO or Agency.MSS or Agency.KSTARTUP ? null
        : $"{owner}|{agency}";

    // Where the ministry itself announces, that tells no more than the ministry.
    private static string? AnnouncerOf(string? announcingAgency, string? owner)
    {
        var letters = FormRegex().Replace(SeriesText.LettersOf(BracketRegex().Replace(announcingAgency ?? "", "")), "");
        letters = TechnoparkRegex().Replace(SeriesPlaces.Shorten(letters), "테크노파크");
        return letters.Length == 0 || SeriesMinistries.Find(letters) is not null || letters == owner ? null
            : letters == "한국산업기술평가관리원" ? "한국산업기술기획평가원"
            : letters;
    }

    [GeneratedRegex(@"[(（]\s*(?:재|사|주|유)\s*[)）]|[㈜㈔]", RegexOptions.CultureInvariant)]
    private static partial Regex BracketRegex();

    [GeneratedRegex("^(?:재단법인|사단법인|주식회사)|(?:재단법인|사단법인|주식회사)$", RegexOptions.CultureInvariant)]
    private static partial Regex FormRegex();

    [GeneratedRegex("tp$", RegexOptions.CultureInvariant)]
    private static partial Regex TechnoparkRegex();

    // Words that every agency's announcements have.
    [GeneratedRegex(
        "기술개발|기술혁신|연구장비|연구|개발|기술|혁신|위탁|수탁|주요|기본|고유|출연|자체|공동|협력|국제|학술|용역|정책|기획|과제|신규|일반|지정|자유|품목|내부|외부|산학연|산학"
        + "|기관|운영|프로그램|프로젝트|공모|모집|공고|수요조사|수요|조사|설명회|결과발표|결과|설명|사전|예고|예정|인터넷공시|계획|추진|시행|지원|참여|참가|선정|형|유형|분야|부문|대상|하반기|상반기|국가|정부|국책|단기|중장기|r&?d|[0-9]|\\|",
        RegexOptions.CultureInvariant)]
    private static partial Regex CommonRegex();

    // Words of many programs of companies' support, which together still name none.
    [GeneratedRegex(
        "중소기업|중견기업|소상공인|기업|중소|중견|벤처|창업|스타트업|사업화|육성|산업|지역|센터|인력|양성|교육|인재|입주|컨설팅|마케팅|판로|수출|바우처|시제품|제작|특허|인증|해외|전시회"
        + "|박람회|홍보|기반|구축|조성|강화|활성화|성장|경쟁력|글로벌|맞춤|패키지|개척|예비|초기|청년|유망|우수|전문|현장|고도화|실증|사업단|단장|장비|활용|애로|자문|네트워킹|투자|유치|보육|육성|채용",
        RegexOptions.CultureInvariant)]
    private static partial Regex HabitualRegex();
}
