using System.Globalization;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Stage;

namespace Connect.Tests.Unit.Sources;

/// <summary>List row and detail page put together, by the labels that agencies use.</summary>
public sealed class AnnouncementComposerTests
{
    private const string Hour18 = "2025-04-15T18:00:00";
    private const string Day15 = "2025-04-15T23:59:59";

    private static readonly DateTimeOffset Today = Korean("2025-04-01T12:00:00")!.Value;
    private static readonly BoardOptions Board = new() { BaseAddress = new("https://board.example"), ListPath = "/list" };

    private static readonly ListRow Row = new() { Place = "page 1, row 1", Title = "목록의 제목", Address = new("https://board.example/view?id=1") };

    [Theory]
    [InlineData("마감일")]
    [InlineData("마감일시")]
    [InlineData("접수마감")]
    [InlineData("접수마감일")]
    [InlineData("신청마감")]
    [InlineData("신청마감일")]
    [InlineData("신청기한")]
    [InlineData("접수기한")]
    [InlineData("제출기한")]
    [InlineData("모집마감")]
    [InlineData("접수기간")]
    [InlineData("신청기간")]
    [InlineData("공고기간")]
    [InlineData("모집기간")]
    [InlineData("공모기간")]
    [InlineData("제출기간")]
    [InlineData("신청접수기간")]
    [InlineData("신청 및 접수기간")]
    [InlineData("접수기간(온라인)")]
    [InlineData("○ 신청 기간")]
    public void Deadline_is_read_when_it_has_any_label(string label)
    {
        Assert.Equal(Korean(Hour18), Compose((label, "2025.03.15(토) ~ 04.15(화) 18:00")).Deadline);
        Assert.Equal(Korean(Hour18), Compose((label, "2025년 4월 15일 18시까지")).Deadline);
        Assert.Null(Compose((label, "")).Deadline);
        Assert.Null(Compose((label, "추후 공지")).Deadline);
    }

    [Theory]
    [InlineData("전산접수기간")]
    [InlineData("신청․접수기간")]
    [InlineData("공모 및 신청기간")]
    [InlineData("연구책임자 온라인 신청기간")]
    [InlineData("연구개발계획서 접수기간")]
    [InlineData("전산 접수 마감시한")]
    [InlineData("신청·접수")]
    public void Application_counts_before_publication_whatever_its_words(string label)
    {
        var announcement = Compose(("공고기간", "2025.03.01 ~ 2025.05.31"), (label, "2025.03.15 ~ 2025.04.15 18:00"));

        Assert.Equal(Korean(Hour18), announcement.Deadline);
        Assert.Null(announcement.UnsurePeriod);
    }

    [Fact]
    public void Extension_counts_before_what_it_extends()
    {
        Assert.Equal(Korean(Day15), Compose(("접수기간", "2025.03.01 ~ 03.31"), ("연장접수기간", "~ 2025.04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("마감일", "2025.03.31"), ("재공고 접수기간", "2025.04.01 ~ 04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("공고기간", "2025.03.01 ~ 05.31"), ("연장공고 기간", "~ 2025.04.15")).Deadline);
        Assert.Equal(Korean("2025-03-31T23:59:59"), Compose(("접수기간", "2025.03.01 ~ 03.31"), ("연장접수기간", "없음")).Deadline);
    }

    [Fact]
    public void Label_without_a_word_for_a_period_counts_last()
    {
        Assert.Equal(Korean(Day15), Compose(("신청", "2025.03.31까지"), ("접수기간", "2025.03.15 ~ 2025.04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("신청", "홈페이지"), ("공고기간", "2025.03.15 ~ 2025.04.15")).Deadline);
    }

    [Fact]
    public void Next_round_that_is_open_counts()
    {
        // It is the first of April.
        Assert.Equal(Korean(Day15), Compose(("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.04.05 ~ 04.15, 3차 2025.06.01 ~ 06.30")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("접수기간", "3차 2025.06.01 ~ 06.30, 2차 2025.04.05 ~ 04.15, 1차 2025.03.01 ~ 03.31")).Deadline);
        Assert.Equal(
            Korean("2025-03-31T23:59:59"), Compose(("접수기간", "2차 2025.03.20 ~ 03.31, 1차 2025.03.01 ~ 03.15")).Deadline);
    }

    [Fact]
    public void Periods_are_those_of_the_statement_that_gives_the_deadline_in_its_order()
    {
        Assert.Empty(Compose(("접수기간", "2025.03.15 ~ 04.15")).Periods);
        Assert.Empty(Compose(("접수기간", "상시")).Periods);
        Assert.Empty(Compose(("마감일", "2025.06.30"), ("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.06.01 ~ 06.30")).Periods);

        Assert.Equal(
            [Period("2025-03-01", "2025-03-31"), Period("2025-04-05", "2025-04-15"), Period("2025-06-01", "2025-06-30")],
            Compose(("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.04.05 ~ 04.15, 3차 2025.06.01 ~ 06.30")).Periods);
        Assert.Equal(
            [Period("2025-03-01", "2025-03-31", isReplaced: true), Period("2025-03-05", "2025-04-15")],
            Compose(("접수기간", "당초 2025.03.01 ~ 03.31 → 변경 2025.03.05 ~ 04.15")).Periods);
        Assert.Equal(
            [Period("2025-03-01", "2025-03-31", isReplaced: true), Period("2025-03-01", "2025-04-15")],
            Compose(("접수기간", "2025.03.01 ~ 03.31 (04.15까지 연장)")).Periods);
        Assert.Equal(
            [Period("2025-03-01", "2025-03-10", isReplaced: true), Period("2025-03-01", "2025-03-15"), Period("2025-04-05", "2025-04-15")],
            Compose(("접수기간", "1차 2025.03.01 ~ 03.10 → 03.15, 2차 2025.04.05 ~ 04.15")).Periods);
    }

    [Fact]
    public void Hour_of_another_field_counts_for_every_round()
    {
        var announcement = Compose(("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.04.05 ~ 04.15"), ("접수마감시간", "18:00"));

        Assert.Equal([Korean("2025-03-31T18:00:00"), Korean(Hour18)], announcement.Periods.Select(period => period.End));
        Assert.Equal(Korean(Hour18), announcement.Deadline);
    }

    [Fact]
    public void Start_of_another_field_counts_for_rounds_without_their_own()
    {
        var announcement = Compose(Row with { Start = "2025.02.01" }, ("접수기간", "1차 2025.03.01 ~ 03.31, 2차 마감 2025.04.15"));

        Assert.Equal([Korean("2025-03-01T00:00:00"), Korean("2025-02-01T00:00:00")], announcement.Periods.Select(period => period.Start));
        Assert.Equal(
            [Korean("2025-03-01T00:00:00"), Korean("2025-04-05T00:00:00")],
            Compose(("접수마감", "1차 2025.03.31, 2차 2025.04.15"), ("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.04.05 ~ 04.15")).Periods
                .Select(period => period.Start));
    }

    [Theory]
    [InlineData("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.04.05 ~ 04.15, 3차 2025.06.01 ~ 06.30", null, null)]
    [InlineData("접수기간", "1차 2025.03.01 ~ 03.31, 2차 2025.06.01 ~ 06.30", "2025.02.01", "2025.03.31")]
    [InlineData("접수기간", "1차 2025.03.01 ~ 03.31, 2차 마감 2025.06.30", "2025.02.01", null)]
    [InlineData("접수기간", "1차: 2025.03.01 ~ 03.31, 2차: 2025.06.01 ~ 추후 공지", null, "2025.03.31")]
    [InlineData("접수마감", "1차 2025.03.31, 2차 2025.06.30", null, null)]
    [InlineData("접수기간", "2차 2025.06.01 ~ 06.30, 1차 2025.03.01 ~ 03.31", null, null)]
    [InlineData("접수일", "1차 2025.03.01 ~ 03.31, 2차 2025.06.01 ~ 06.30", null, null)]
    [InlineData("등록부서", "산업진흥과", null, "1차 2025.03.01 ~ 03.31, 2차 2025.06.01 ~ 06.30")]
    public void Program_that_moves_to_its_next_round_is_as_its_page_is_read_then(string label, string value, string? start, string? deadline)
    {
        var row = Row with { Start = start, Deadline = deadline };
        (string, string)[] fields = [(label, value), ("접수마감시간", "18:00")];
        var program = StagedProgram.Of(Compose(Korean("2025-02-10T09:00:00")!.Value, row, fields), Korean("2025-02-10T09:00:00")!.Value);
        Assert.True(program.Periods.Length > 1);

        foreach (var day in (string[])["2025-03-31T17:59:59", "2025-03-31T18:00:01", "2025-04-15T18:00:01", "2025-05-01T12:00:00", "2025-07-01T00:00:00"])
        {
            var now = Korean(day)!.Value;
            program.MoveToNextRound(now);
            var read = Compose(now, row, fields);

            Assert.Equal((read.ApplicationStart, read.Deadline), (program.ApplicationStart, program.Deadline));
            Assert.Equal(read.Periods, program.Periods);
        }
    }

    [Fact]
    public void Statement_that_is_not_understood_is_kept_for_people()
    {
        var announcement = Compose(("접수기간", "2025.03.15 무엇인가 2025.04.15"));

        Assert.Equal(Korean(Day15), announcement.Deadline);
        Assert.Equal("2025.03.15 무엇인가 2025.04.15", announcement.UnsurePeriod);

        var progress = new ScrapeProgress();
        progress.Count(RowResult.Read("/view?id=1", "hash", announcement));
        progress.Count(RowResult.Read("/view?id=2", "hash", Compose(("접수기간", "2025.03.15 ~ 2025.04.15"))));
        Assert.Equal((2, 1, 0), (progress.Found, progress.Unsure, progress.Failed));
        Assert.Equal(new RowError("/view?id=1", "the period is not understood: 2025.03.15 무엇인가 2025.04.15"), Assert.Single(progress.Errors));
    }

    [Theory]
    [InlineData("<s>2025.03.01 ~ 2025.03.31</s> 2025.03.01 ~ 2025.04.15")]
    [InlineData("<strike>2025.03.01 ~ 2025.03.31</strike> 2025.03.01 ~ 2025.04.15")]
    [InlineData("<del>2025.03.01 ~ 2025.03.31</del><br>2025.03.01 ~ 2025.04.15")]
    [InlineData("<span style='color:red; TEXT-DECORATION: line-through'>2025.03.01 ~ 2025.03.31</span> 2025.03.01 ~ 2025.04.15")]
    [InlineData("2025.03.01 ~ <s>03.31</s> 04.15")]
    public void What_a_page_strikes_through_is_a_replaced_period(string value)
    {
        foreach (var page in (string[])[$"<table><tr><th>접수기간</th><td>{value}</td></tr></table>", $"<table></table><article>접수기간 : {value.Replace("<br>", " ", StringComparison.Ordinal)}</article>"])
        {
            var announcement = Compose(page);

            Assert.Equal(Korean(Day15), announcement.Deadline);
            Assert.Equal([Period("2025-03-01", "2025-03-31", isReplaced: true), Period("2025-03-01", "2025-04-15")], announcement.Periods);
        }
    }

    [Theory]
    [InlineData("2025.03.01 ~ 2025.04.15 <s>2025.05.31</s>")]
    [InlineData("<s>붙임 참조</s> 2025.03.01 ~ 2025.04.15")]
    [InlineData("<del>1차 2025.03.01 ~ 2025.03.31,</del> 2025.03.01 ~ 2025.04.15 <del>3차 2025.06.01 ~ 2025.06.30</del>")]
    public void What_a_page_strikes_through_never_counts(string value)
    {
        var announcement = Compose($"<table><tr><th>접수기간</th><td>{value}</td></tr></table>");

        Assert.Equal((Korean("2025-03-01T00:00:00"), Korean(Day15), null), (announcement.ApplicationStart, announcement.Deadline, announcement.UnsurePeriod));
        Assert.All(announcement.Periods.Where(period => !period.IsReplaced), period => Assert.Equal(Korean(Day15), period.End));
    }

    [Theory]
    [InlineData("총정부지원연구개발비", "25억원")]
    [InlineData("총정부출연금", "25억원")]
    [InlineData("공고규모", "25억원")]
    [InlineData("과제별 지원규모", "25억원")]
    [InlineData("총 정부지원연구개발비(억원)", "25")]
    public void Budget_is_read_when_its_label_is_composed(string label, string value) =>
        Assert.Equal(2_500_000_000, Compose(("민간부담금", "5억원"), (label, value)).BudgetAmount);

    [Theory]
    [InlineData("접수일")]
    [InlineData("접수시작일")]
    [InlineData("접수개시일")]
    [InlineData("신청일")]
    [InlineData("신청시작일")]
    public void Start_is_read_when_it_has_any_label(string label)
    {
        var single = Compose((label, "2025.03.15"));
        var period = Compose((label, "2025.03.15 ~ 2025.04.15 18:00"));

        Assert.Equal((Korean("2025-03-15T00:00:00"), null), (single.ApplicationStart, single.Deadline));
        Assert.Equal((Korean("2025-03-15T00:00:00"), Korean(Hour18)), (period.ApplicationStart, period.Deadline));
    }

    [Fact]
    public void Period_gives_both_ends_when_no_other_label_does()
    {
        var announcement = Compose(("접수기간", "2025.03.15(토) 10:00 ~ 04.15(화) 18:00"));

        Assert.Equal((Korean("2025-03-15T10:00:00"), Korean(Hour18)), (announcement.ApplicationStart, announcement.Deadline));
    }

    [Fact]
    public void Publication_gives_a_deadline_only_when_no_application_period_is_stated()
    {
        const string publication = "2025.03.01 ~ 2025.03.31";

        var alone = Compose(("공고기간", publication));
        Assert.Equal(Korean("2025-03-31T23:59:59"), alone.Deadline);
        Assert.Equal((Korean("2025-03-01T00:00:00"), null), (alone.PublishedAt, alone.ApplicationStart));

        Assert.Equal(Korean(Day15), Compose(("공고기간", publication), ("접수기간", "2025.03.15 ~ 2025.04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("공고기간", publication), ("마감일", "2025.04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(Row with { Deadline = "2025.04.15" }, ("공고기간", publication)).Deadline);
        Assert.Null(Compose(("공고기간", publication), ("접수기간", "추후 공지")).Deadline);
        Assert.Null(Compose(("공고기간", publication), ("접수기간", "상시")).Deadline);
        Assert.Null(Compose(("공고기간", publication), ("접수일", "2025.04.01")).Deadline);
    }

    [Fact]
    public void Deadline_is_the_first_that_is_legible()
    {
        Assert.Equal(Korean(Day15), Compose(("접수기간", "붙임 참조"), ("신청기간", "2025.03.15 ~ 04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("마감일", "공고문 참조"), ("접수기간", "2025.03.15 ~ 04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(Row with { Deadline = "2025.04.15" }, ("마감일", "2025.02.31")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("접수기간", "상시"), ("마감일", "2025.04.15")).Deadline);
        Assert.Equal(Korean(Day15), Compose(("접수마감", "2025.04.15 (예산 소진 시 조기 마감)")).Deadline);
        Assert.Equal(Korean(Day15), Compose(Row with { Deadline = "2025.05.31" }, ("마감일", "2025.04.15")).Deadline);
        Assert.Null(Compose(Row with { Deadline = "2025.05.31" }, ("접수마감", "상시 접수")).Deadline);
        Assert.Null(Compose(("접수기간", "2025.04.15 ~ 2025.03.15")).Deadline);
    }

    [Theory]
    [InlineData("2025.04.15", "18:00", Hour18)]
    [InlineData("2025.04.15", "09:00 ~ 18:00", Hour18)]
    [InlineData("2025.04.15", "오후 6시까지", Hour18)]
    [InlineData("2025.04.15", "자정", Day15)]
    [InlineData("2025.04.15", "", Day15)]
    [InlineData("2025.04.15 18:00", "17:00", Hour18)]
    public void Hour_of_another_field_counts_when_the_deadline_has_none(string deadline, string hour, string expected) =>
        Assert.Equal(Korean(expected), Compose(("마감일", deadline), ("접수마감시간", hour)).Deadline);

    [Theory]
    [InlineData("공고금액", "48.75억원", 4_875_000_000L)]
    [InlineData("총사업비", "총 60억원(과제당 5억원 이내)", 6_000_000_000L)]
    [InlineData("총연구비(억원)", "48.75", 4_875_000_000L)]
    [InlineData("총연구비(단위: 백만원)", "4,875", 4_875_000_000L)]
    [InlineData("지원규모", "3개 과제, 과제당 5억원", 500_000_000L)]
    [InlineData("지원금액", "과제당 연간 300백만원", 300_000_000L)]
    [InlineData("지원한도", "1억 5천만원", 150_000_000L)]
    [InlineData("사업비", "'25년 256백만원", 256_000_000L)]
    [InlineData("정부지원금", "45,000,000원", 45_000_000L)]
    [InlineData("정부출연금", "3천만원 ~ 5천만원", 50_000_000L)]
    [InlineData("사업예산", "1,764.22억원", 176_422_000_000L)]
    [InlineData("연구비", "300백만원", 300_000_000L)]
    [InlineData("지원내용", "5억 지원, 1~3억 투자유치 조건", 500_000_000L)]
    [InlineData("지원내용", "투자유치 1억원 이상", null)]
    [InlineData("공고금액", "0 억원", null)]
    [InlineData("공고금액", "미정", null)]
    [InlineData("자부담", "1억원", null)]
    public void Budget_is_read_when_it_has_any_label(string label, string value, long? expected) =>
        Assert.Equal(expected, Compose((label, value)).BudgetAmount);

    [Fact]
    public void Budget_is_the_next_label_s_when_the_first_is_unknown() =>
        Assert.Equal(500_000_000, Compose(("공고금액", "0억원"), ("지원규모", "과제당 5억원")).BudgetAmount);

    [Fact]
    public void Other_fields_are_read_when_the_page_has_them()
    {
        var announcement = Compose(
            ("소관부처", "환경부"), ("전문기관", "한국환경산업기술원"), ("등록일", "2025-02-20"), ("지원대상", "기업부설연구소를 보유한 중소기업"),
            ("기술성숙도", "4 ~ 6단계"), ("키워드", "수처리, 막여과"), ("접수상태", "접수마감"));

        Assert.Equal(("환경부", "한국환경산업기술원"), (announcement.Ministry, announcement.AnnouncingAgency));
        Assert.Equal(Korean("2025-02-20T00:00:00"), announcement.PublishedAt);
        Assert.Equal([OrganizationType.Company], announcement.TargetTypes);
        Assert.Equal((4, 6, true), (announcement.MinTrl, announcement.MaxTrl, announcement.Closed));
        Assert.Equal(["수처리", "막여과"], announcement.Keywords);
    }

    private static ScrapedAnnouncement Compose(params (string Label, string Value)[] fields) => Compose(Row, fields);

    private static ScrapedAnnouncement Compose(ListRow row, params (string Label, string Value)[] fields) => Compose(Today, row, fields);

    private static ScrapedAnnouncement Compose(DateTimeOffset now, ListRow row, params (string Label, string Value)[] fields) => AnnouncementComposer.Compose(
        Agency.IITP,
        row,
        new("제목", LabelValues.From(fields.Select(field => KeyValuePair.Create(field.Label, field.Value))), "", []),
        Board,
        now);

    private static ScrapedAnnouncement Compose(string parts)
    {
        var layout = new DetailLayout { Heading = "h1", Fields = "table", Body = "article" };
        return AnnouncementComposer.Compose(Agency.IITP, Row, DetailPage.Read($"<h1>제목</h1>{parts}", layout)!, Board, Today);
    }

    private static ApplicationPeriod Period(string start, string end, bool isReplaced = false) =>
        new(Korean(start + "T00:00:00"), Korean(end + "T23:59:59"), isReplaced);

    private static DateTimeOffset? Korean(string text) => DateTimeOffset.Parse(text + "+09:00", CultureInfo.InvariantCulture);
}
