using System.Collections.Immutable;

namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// Writes ordinary announcements. An announcement depends only on the seed, the start day and its number, so a run can
/// be repeated, and each announcement can be written on demand.
/// </summary>
internal sealed class AnnouncementWriter(int seed, DateOnly today)
{
    private const int FirstId = 1_300_100;

    /// <summary>Days until the first of the new announcements closes.</summary>
    private const int SoonestDeadline = 6;

    private static readonly string[] Regions = ["부산", "대구", "광주", "대전", "전북", "경남", "강원", "제주", "충북", "전남"];

    private static readonly string[] Trls =
        ["TRL 4-6", "TRL 5~7", "TRL 3∼5", "TRL 4단계 ~ 6단계", "TRL 6～8", "TRL 5 이상", "기술성숙도 3~7단계", "TRL 7 이하", "TRL 1~3"];

    private static readonly (string? Text, int Weight)[] Audience =
    [
        ("중소기업 및 벤처기업", 3), ("기업부설연구소를 보유한 중소기업", 2), ("창업 7년 미만 스타트업", 2),
        ("대학, 출연연 등 연구기관", 2), ("기업, 대학, 연구소(컨소시엄 가능)", 5), (null, 2),
    ];

    /// <summary>Numbers of announcements grow by irregular steps, as they do on the boards.</summary>
    public static int Id(int ordinal) => FirstId + (ordinal * 7) + (ordinal % 5);

    /// <summary>The text of an announcement with all changes so far.</summary>
    public Announcement Write(Posting posting)
    {
        if (posting.Odd is { } odd)
        {
            return odd;
        }

        var ordinary = WriteOrdinary(posting.Ordinal, posting.Announced) with { Id = posting.Id, Closed = posting.Closed };
        return posting.Amendment is { } amendment ? amendment.ApplyTo(ordinary, new(posting.Ordinal)) : ordinary;
    }

    /// <summary>
    /// Writes announcement number <paramref name="ordinal"/>: one of the start, or one that was announced on a later
    /// day and closes soon.
    /// </summary>
    public Announcement WriteOrdinary(int ordinal, DateOnly? announced = null)
    {
        var random = new Random(unchecked((seed * 397) ^ (ordinal * 7919)));
        var subject = new AnnouncementSubject(ordinal);
        var (sector, topic, board) = (subject.Sector, subject.Topic, subject.Board);
        var published = announced ?? today.AddDays(-random.Next(1, 25));
        var closes = announced?.AddDays(SoonestDeadline + (ordinal % 9)) ?? today.AddDays(random.Next(2, 90));
        var begins = announced ?? published.AddDays(random.Next(0, 7));
        var start = begins < closes ? begins : closes;
        var ministry = sector.Ministries[random.Next(sector.Ministries.Length)];
        if (board == Board.TIPA)
        {
            ministry = "중소벤처기업부";
        }

        var year = today.Year;
        var title = Title(random, board, sector, topic, ministry, year, subject.Round);
        return new()
        {
            Id = Id(ordinal),
            Board = board,
            Title = title,
            Kind = AnnouncementKind.CALL,
            Ministry = ministry,
            Agency = Agency(board, sector),
            Category = random.Next(5) switch { 0 => null, 1 => sector.English, _ => sector.Label },
            Keywords = random.Next(6) == 0 ? [] : [.. topic.Keywords],
            Body = Body(sector, topic, ministry, published, random),
            Audience = Pick(random),
            Trl = random.Next(6) == 0 ? null : Trls[random.Next(Trls.Length)],
            Budget = Wordings.Budget(random.Next(Wordings.BudgetForms), random.Next(1, 60), year),
            Published = published,
            Start = start,
            Deadline = Wordings.Deadline(board, random.Next(Wordings.DeadlineForms), start, closes),
            Attachments = Attachments(title, random),
        };
    }

    /// <summary>Another level than this one. Neighbours in the list differ in value too, not only in wording.</summary>
    public static string OtherTrl(string? trl) => Trls[(Array.IndexOf(Trls, trl) + 1) % Trls.Length];

    private static string Title(Random random, Board board, SectorTopics sector, Topic topic, string ministry, int year, int round)
    {
        var rounds = round == 1 ? "" : $"제{round}차 ";
        var number = random.Next(11, 480);
        return (board, random.Next(6)) switch
        {
            (Board.TIPA, 0) => $"(공고 제{year}-{number:000}호) {year}년도 중소기업기술혁신개발사업({topic.Subject}) {rounds}시행계획 공고",
            (Board.TIPA, 1) => $"{year}년 초기 창업기업 {topic.Subject} {rounds}기술개발 지원계획 공고(일반 트랙)",
            (Board.TIPA, 2) => $"{year}년 성장 창업기업 {topic.Subject} 스케일업 기술개발 {rounds}지원계획 공고",
            (_, 0) => $"[{ministry} 공고 제{year}-{number}호] '{topic.Subject} 기술개발' 사업 {rounds}신규과제 선정계획 공고",
            (_, 1) => $"{sector.Agencies[0]} {year}년도 {topic.Subject} 연구개발사업 신규과제 {round}차 공모",
            (_, 2) => $"{year}년 {Regions[random.Next(Regions.Length)]} {topic.Subject} {rounds}육성사업 신규지원 대상과제 공고",
            (_, 3) => $"{year}년도 {rounds}{topic.Subject} 기술개발사업 신규지원 대상과제 재공고",
            _ => $"{year}년도 {rounds}{topic.Subject} 기술개발사업 신규지원 대상과제 공고",
        };
    }

    private static string Agency(Board board, SectorTopics sector) => board switch
    {
        Board.IITP => "정보통신기획평가원",
        Board.TIPA => "중소기업기술정보진흥원",
        Board.KIMST => "해양수산과학기술진흥원",
        Board.KEIT => "한국산업기술기획평가원",
        _ => sector.Agencies[0],
    };

    private static ImmutableArray<string> Body(
        SectorTopics sector, Topic topic, string ministry, DateOnly published, Random random) =>
    [
        $"{topic.Subject} 분야의 연구개발과제를 다음과 같이 공고하오니, 수행하고자 하는 자는 신청하여 주시기 바랍니다.",
        $"□ 사업목적: {sector.Need}. 특히 {string.Join(", ", topic.Keywords)} 기술을 확보하여 {sector.Label} 분야의 성장을 돕는다.",
        $"□ 지원내용: {topic.Subject} 핵심기술의 개발과 실증, 시제품 제작 및 성능 평가",
        $"○ 수행기간: {12 * random.Next(1, 4)}개월 이내, 자유공모 {random.Next(2, 12)}개 과제",
        $"○ 기술범위: {topic.Keywords[0]} 설계, {topic.Keywords[1]} 응용, {topic.Keywords[^1]} 검증을 포함하며 공동연구를 권장한다.",
        "○ 신청방법: 범부처통합연구지원시스템을 통한 전산 접수(우편 및 방문 접수 불가)",
        $"{Wordings.Text(published, "yyyy년 MM월 dd일")}  {ministry}장관",
    ];

    private static string? Pick(Random random)
    {
        var roll = random.Next(Audience.Sum(static entry => entry.Weight));
        foreach (var (text, weight) in Audience)
        {
            roll -= weight;
            if (roll < 0)
            {
                return text;
            }
        }

        return null;
    }

    private static ImmutableArray<string> Attachments(string title, Random random)
    {
        var name = title.Length > 40 ? title[..40] : title;
        ImmutableArray<string> all =
        [
            $"{name}.{(random.Next(3) == 0 ? "hwpx" : "hwp")}",
            "붙임1. 연구개발계획서 양식.zip",
            "붙임2. R&D 자율성트랙 제도안내.pdf",
            "붙임3. 제안요청서(RFP).hwp",
        ];
        return all[..random.Next(0, 5)];
    }
}
