using System.Globalization;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>
/// The titles of the model, for which it is known which ones are one program: families without common words, similar
/// rounds of a family, and marks without meaning.
/// </summary>
internal static class ModelTitles
{
    public const int Rounds = 3;

    private static readonly string[] Families =
    [
        "2026년 인공지능 반도체 설계 기술개발사업 {0}차 공고",
        "2026년 해양 쓰레기 수거 선박 실증 지원과제 {0}차 공모",
        "2026년 수소 연료전지 핵심 부품 국산화 연구 {0}차 모집",
        "2026년 바이오 의약품 생산공정 고도화 과제 {0}차 선정계획",
        "드론 관제 시스템 보급 신규 지원 {0}차 공모",
        "스마트팜 로봇 연구개발 신규과제 {0}차 공고",
    ];

    private const string Advance = "[사전공고]";

    private static readonly string[] Marks = ["{0}", "{0} (재공고)", "[연장] {0}", "（수정） {0}", $"{Advance} {{0}}"];

    /// <summary>A title without mark.</summary>
    public static string Any(Random random) => Of(random.Next(Families.Length), random.Next(Rounds));

    public static string Of(int family, int round) => string.Format(CultureInfo.InvariantCulture, Families[family], round + 1);

    /// <summary>The same title with another mark, or none.</summary>
    public static string Mark(string title, Random random) =>
        string.Format(CultureInfo.InvariantCulture, Marks[random.Next(Marks.Length)], Bare(title));

    /// <summary>Whether it is the title of an advance notice.</summary>
    public static bool IsNotice(string title) => title.StartsWith(Advance, StringComparison.Ordinal);

    public static string NoticeOf(string title) => $"{Advance} {Bare(title)}";

    /// <summary>The title without any mark.</summary>
    public static string CallOf(string title) => Bare(title);

    /// <summary>Another round of the same family.</summary>
    public static string Rename(string title, Random random) => Of(FamilyOf(title), random.Next(Rounds));

    public static int FamilyOf(string title) => Array.FindIndex(Families, family => Bare(title).StartsWith(family[..10], StringComparison.Ordinal));

    /// <summary>
    /// The key of announcements of one program: ministry and bare title, and the board if ministry or year is missing.
    /// </summary>
    public static string IdentityOf(ScrapedAnnouncement program)
    {
        var tells = program.Ministry is not null && program.Title.Contains("2026", StringComparison.Ordinal);
        return $"{(tells ? "any" : program.Agency)}/{program.Ministry}/{Bare(program.Title)}";
    }

    private static string Bare(string title) => Marks.Skip(1)
        .Aggregate(title, (text, mark) => text.Replace(mark.Replace("{0}", "", StringComparison.Ordinal).Trim(), "", StringComparison.Ordinal)).Trim();
}
