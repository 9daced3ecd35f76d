using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Testing.Data;

/// <summary>The text and the stated facts of a generated announcement.</summary>
internal sealed record GeneratedAnnouncement(
    string Title, ImmutableArray<string> Keywords, string Ministry, ImmutableArray<OrganizationType> Audience, TrlRange Trl, Agency Agency,
    long? Budget, DateTimeOffset? Deadline);

/// <summary>
/// Open programs and organizations of any number, from a seed: titles of sector words in the announcements' usual patterns,
/// classified as a scrape classifies them. The mix is that of a large portal: a few sectors hold most programs, one in
/// twelve is general, one in eight regional, one in five states readiness levels.
/// </summary>
internal static class GeneratedPrograms
{
    /// <summary>The moment that deadlines are counted from: noon in Seoul.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(9));

    private static readonly (Sector Sector, int Weight, string[] Subjects)[] Fields =
    [
        (Sector.Ict, 6, ["인공지능", "클라우드", "빅데이터", "사이버보안", "이동통신", "블록체인", "소프트웨어", "디지털트윈", "사물인터넷", "자연어처리"]),
        (Sector.Manufacturing, 5, ["소재부품", "협동로봇", "반도체", "디스플레이", "나노소재", "복합소재", "공작기계", "스마트공장", "금형", "센서"]),
        (Sector.BioHealth, 5, ["신약", "의료기기", "줄기세포", "감염병", "백신", "유전체", "헬스케어", "항암", "치매", "오가노이드"]),
        (Sector.Energy, 4, ["수소", "이차전지", "태양광", "풍력", "전력망", "연료전지", "에너지저장", "히트펌프"]),
        (Sector.Environment, 3, ["탄소중립", "수처리", "자원순환", "미세먼지", "기후변화", "온실가스", "폐기물", "하천"]),
        (Sector.Agriculture, 4, ["스마트팜", "작물", "육종", "축산", "식품가공", "농기계", "산림", "곤충"]),
        (Sector.Marine, 3, ["선박", "양식", "해양생물", "항만", "해양플랜트", "연안", "수산자원"]),
        (Sector.Construction, 2, ["스마트건설", "콘크리트", "교량", "모듈러", "지반", "건축자재"]),
        (Sector.Transportation, 2, ["자율주행", "드론", "철도", "항공기", "모빌리티"]),
        (Sector.Defense, 1, ["무기체계", "국방", "유도무기"]),
        (Sector.Culture, 1, ["콘텐츠", "게임", "문화유산"]),
        (Sector.SpaceNuclearBasic, 2, ["위성", "양자", "원자력", "방사선", "기초연구"]),
    ];

    private static readonly string[] Regions = ["부산", "대구", "광주", "대전", "전북", "경남", "강원", "제주", "충북", "전남"];
    private static readonly string[] Goals = ["핵심기술개발", "원천기술개발", "응용연구", "실용화 기술개발", "실증", "고도화 기술개발", "국산화 기술개발"];
    private static readonly string[] Ministries = ["과학기술정보통신부", "산업통상자원부", "중소벤처기업부", "환경부", "해양수산부", "보건복지부"];

    private static readonly int TotalWeight = Fields.Sum(field => field.Weight);

    /// <summary>The first <paramref name="count"/> programs: a longer list begins with the shorter one.</summary>
    public static ImmutableArray<ActiveProgram> Programs(int count) => [.. Enumerable.Range(0, count).Select(Program)];

    /// <summary>The first <paramref name="count"/> organizations, each with a sector, keywords and a readiness level.</summary>
    public static ImmutableArray<OrganizationProfile> Organizations(int count) => [.. Enumerable.Range(0, count).Select(Organization)];

    /// <summary>The announcement of a number, before it is classified.</summary>
    public static GeneratedAnnouncement Announcement(int number)
    {
        var random = new Random(number * 7919);
        var field = Pick(random);
        var subject = One(random, field.Subjects);
        var second = random.Next(3) == 0 ? One(random, Pick(random).Subjects) + " 융합 " : "";
        var general = random.Next(12) == 0;
        var title = general
            ? $"2026년도 제{number}차 {One(random, Goals)}사업 신규과제 공모"
            : $"2026년도 {(random.Next(8) == 0 ? One(random, Regions) + " " : "")}{second}{subject} {One(random, Goals)}사업 제{number}차 신규지원 대상과제 공고";
        var low = random.Next(1, 7);
        var stated = random.Next(5) == 0 ? new TrlRange(low, low + random.Next(0, 4)) : default;
        OrganizationType[] audience = random.Next(6) switch
        {
            0 => [OrganizationType.Company],
            1 => [OrganizationType.ResearchInstitute],
            _ => [],
        };
        string[] keywords = random.Next(2) == 0 ? [subject, One(random, field.Subjects)] : [];
        return new(
            title, [.. keywords], One(random, Ministries), [.. audience], stated, (Agency)random.Next(5),
            random.Next(4) == 0 ? null : 100_000_000L * random.Next(1, 90),
            random.Next(20) == 0 ? null : Now.AddMinutes(random.Next(60, 90 * 24 * 60)));
    }

    private static ActiveProgram Program(int number)
    {
        var said = Announcement(number);
        var found = ProgramClassifier.Classify(new AnnouncementText(said.Title)
        {
            Keywords = said.Keywords,
            Ministry = said.Ministry,
            StatedAudience = said.Audience,
            StatedTrl = said.Trl,
        });
        return new(
            IdOf(number), said.Title, said.Agency, null, null, said.Keywords, found.Audience, found.Trl.Min, found.Trl.Max, said.Budget,
            said.Deadline, IsUmbrella: false, found.Traits, $"https://example.com/announcements/{number}");
    }

    private static OrganizationProfile Organization(int number)
    {
        var random = new Random(unchecked((number * 104_729) + 1));
        var field = Pick(random);
        return new(
            IdOf(number), random.Next(4) == 0 ? OrganizationType.ResearchInstitute : OrganizationType.Company, field.Sector, random.Next(1, 10), null,
            random.Next(2) == 0, random.Next(3), [One(random, field.Subjects), One(random, field.Subjects)],
            [One(random, field.Subjects), One(random, Pick(random).Subjects)], BusinessStructure.Corporation,
            random.Next(3) == 0 ? null : (CompanyScale)random.Next(3), null, random.Next(2) == 0 ? [] : [(Region)random.Next(17)], [],
            ProfileCompleted: true);
    }

    private static (Sector Sector, int Weight, string[] Subjects) Pick(Random random) =>
        Weighted.Pick(Fields, field => field.Weight, random.Next(TotalWeight));

    private static T One<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static Guid IdOf(int number) => new(number + 1, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]);
}
