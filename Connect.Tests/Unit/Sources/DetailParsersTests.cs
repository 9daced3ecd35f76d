using System.IO.Hashing;
using System.Text;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class DetailParsersTests
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    private static readonly BoardOptions Options = new()
    {
        BaseAddress = new("https+http://agency-simulator"),
        ListPath = "/list",
    };

    private static readonly ListRow Row = new()
    {
        Place = "page 1, row 1",
        Title = "목록의 제목",
        Address = new("https+http://agency-simulator/view.do?id=1"),
        Ministry = "목록의 부처",
        Published = "2025-02-01",
    };

    [Fact]
    public void Ntis_detail_is_read_when_it_has_the_known_layout()
    {
        var announcement = AnnouncementComposer.Compose(
            Agency.NTIS, Row, BoardParsers.Detail(Agency.NTIS, PageFiles.Read("ntis-detail.html"))!, Options, TimeProvider.System.GetUtcNow());

        Assert.Equal("2025년도 수소 연료전지 기술개발사업 공고", announcement.Title);
        Assert.Equal("http://agency-simulator/view.do?id=1", announcement.Url);
        Assert.Equal(ProgramKind.Call, KindClassifier.Classify(new(announcement.Title) { Body = announcement.Description }));
        Assert.Equal("통합공고", announcement.BoardType);
        Assert.Equal("산업통상자원부", announcement.Ministry);
        Assert.Equal("한국에너지기술평가원", announcement.AnnouncingAgency);
        Assert.Equal(new DateTimeOffset(2025, 3, 1, 0, 0, 0, Kst), announcement.PublishedAt);
        Assert.Equal(new DateTimeOffset(2025, 3, 5, 0, 0, 0, Kst), announcement.ApplicationStart);
        Assert.Equal(new DateTimeOffset(2025, 4, 15, 18, 0, 0, Kst), announcement.Deadline);
        Assert.Equal(4_875_000_000, announcement.BudgetAmount);
        Assert.Equal((4, 6), (announcement.MinTrl, announcement.MaxTrl));
        Assert.Equal([OrganizationType.Company], announcement.TargetTypes);
        Assert.Equal(["수소", "연료전지"], announcement.Keywords);
        Assert.Equal(["공고문.hwp", "양식 & 서식.zip"], announcement.AttachmentNames);
        Assert.Equal(
            "수소 연료전지 과제를 공고합니다.\n\n○ 지원대상 : 중소기업\n\n○ 기술성숙도 : TRL 4단계 ~ 6단계\n\n○ 키워드 : 수소, 연료전지, 수소\n\n예산은 총 48.75억원",
            announcement.Description);
    }

    [Fact]
    public void Ntis_detail_is_read_when_it_is_a_real_page()
    {
        var detail = BoardParsers.Detail(Agency.NTIS, PageFiles.ReadReal("ntis-detail.html"))!;

        var announcement = AnnouncementComposer.Compose(Agency.NTIS, Row, detail, Options, TimeProvider.System.GetUtcNow());

        Assert.Equal("2025년도 농업기계 디지털전환향 개방형 A-SW 오픈소스 및 협력개발 서비스 플랫폼구축사업 신규지원 대상과제 공고", announcement.Title);
        Assert.Equal("산업통상자원부", announcement.Ministry);
        Assert.Equal("한국산업기술기획평가원", announcement.AnnouncingAgency);
        Assert.Equal(new DateTimeOffset(2025, 7, 14, 0, 0, 0, Kst), announcement.PublishedAt);
        Assert.Equal(new DateTimeOffset(2025, 7, 21, 0, 0, 0, Kst), announcement.ApplicationStart);
        Assert.Equal(new DateTimeOffset(2025, 8, 13, 18, 0, 0, Kst), announcement.Deadline);
        Assert.Null(announcement.BudgetAmount);
        Assert.Equal((null, null), (announcement.MinTrl, announcement.MaxTrl));
        Assert.Equal((null, false), (announcement.Category, announcement.Closed));
        Assert.Empty(announcement.Keywords);
        Assert.Empty(announcement.TargetTypes);
        Assert.Equal(10, announcement.AttachmentNames.Length);
        Assert.EndsWith(".hwpx", announcement.AttachmentNames[0], StringComparison.Ordinal);
        Assert.Contains("다음과 같이 공고하오니", announcement.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("function", announcement.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("<", announcement.Description, StringComparison.Ordinal);

        // The whole text, without keeping a copy of it.
        Assert.Equal("220 c3c905a6426b527b", $"{announcement.Description!.Length} {Digest(announcement.Description)}");
        Assert.Equal("9835ac24a3640d6a", Digest(string.Join('\n', announcement.AttachmentNames)));
    }

    [Fact]
    public void Kinds_agree_with_a_reader_when_the_titles_are_real()
    {
        var titles = Lines(PageFiles.ReadReal("ntis-announcements.jsonl"), "title");
        var kinds = Lines(PageFiles.ReadReal("ntis-labels.jsonl"), "kind");

        var calls = titles.Where(title => kinds[title.Key] == "CALL").ToList();
        var agreed = titles.Count(title =>
            string.Equals(KindClassifier.Classify(new(Titles.Clean(title.Value))).ToString(), kinds[title.Key].Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        var found = calls.Count(title => KindClassifier.Classify(new(Titles.Clean(title.Value))) == ProgramKind.Call);

        Assert.InRange(agreed / (double)titles.Count, 0.92, 1.0);
        Assert.InRange(found / (double)calls.Count, 0.98, 1.0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body><h1>제목만</h1></body></html>")]
    [InlineData("<div class='notice_view'><h1> </h1><div class='summary1'><ul><li>부처명 : 환경부</li></ul></div></div>")]
    public void Details_are_refused_when_their_layout_is_another_one(string page)
    {
        Assert.Null(BoardParsers.Detail(Agency.NTIS, page));
        Assert.Null(BoardParsers.Detail(Agency.KEIT, page));
        Assert.Null(BoardParsers.Detail(Agency.KIMST, page));
    }

    [Fact]
    public void Detail_survives_when_its_elements_are_nested_without_end()
    {
        var page = $"<div class='notice_view'><h1>제목</h1><div class='summary1'><ul><li>부처명 : 환경부</li></ul></div><div class='notice_cont'>{string.Concat(Enumerable.Repeat("<div>", 3_000))}깊은 글";

        Assert.Equal("깊은 글", BoardParsers.Detail(Agency.NTIS, page)!.Body);
    }

    [Fact]
    public void Detail_is_refused_when_it_would_keep_the_parser_busy_for_minutes() =>
        Assert.Null(BoardParsers.Detail(Agency.NTIS, $"<div class='notice_view'><h1>제목</h1><div class='summary1'></div>{string.Concat(Enumerable.Repeat("<div>", 500_000))}"));

    [Fact]
    public void Body_is_cut_between_characters_when_it_is_too_long()
    {
        var page = $"<div class='notice_view'><h1>제목</h1><div class='summary1'></div><div class='notice_cont'>가{string.Concat(Enumerable.Repeat("🚀", 30_000))}</div></div>";

        Assert.Equal(49_999, BoardParsers.Detail(Agency.NTIS, page)!.Body.Length);
    }

    [Theory]
    [InlineData("접수마감", "상시 접수", null)]
    [InlineData("접수기간", "2025.03.15(금) ~ 04.15(월) 18:00", "2025-04-15T18:00:00+09:00")]
    [InlineData("제출기한", "2025년 3월 15일 17시", "2025-03-15T17:00:00+09:00")]
    [InlineData("마감일", "", null)]
    public void Deadline_is_found_when_it_has_any_of_the_known_labels(string label, string value, string? expected)
    {
        var detail = new DetailPage("제목", LabelValues.From([new(label, value)]), "", []);

        var announcement = AnnouncementComposer.Compose(Agency.IITP, Row, detail, Options, TimeProvider.System.GetUtcNow());

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), announcement.Deadline);
        Assert.Equal("목록의 부처", announcement.Ministry);
        Assert.Equal(new DateTimeOffset(2025, 2, 1, 0, 0, 0, Kst), announcement.PublishedAt);
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text)));

    private static Dictionary<string, string> Lines(string jsonLines, string property) =>
        jsonLines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("url").GetString()!, line => line.GetProperty(property).GetString()!);
}
