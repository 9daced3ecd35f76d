using Connect.ScraperWorker.Inspect;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources;

/// <summary>
/// Boards of five shapes that no code knows, each a layout file and pages that are made up: <c>inspect</c> reads them by the file alone.
/// </summary>
public sealed class NewBoardsTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Unit", "Sources", "NewBoards");

    /// <summary>Page, layout, exit code, and what is read of it.</summary>
    public static TheoryData<string, string, int, string[]> Boards => new()
    {
        {
            "cards.html", "cards", 0,
            [
                "cards: list page https://cards.example/support/list, 2 rows, no later page is named",
                "title 2027년 소재 국산화 공동연구 공고", "page https://cards.example/support/view?kind=R&no=4102", "status 접수예정", "agency 가나진흥원",
                "= start 2027-01-04 00:00:00 +09:00", "= deadline 2027-01-29 18:00:00 +09:00", "= open yes",
                "title 2026년 공정 진단 지원 공고", "page https://cards.example/support/view?kind=S&no=4097", "status 접수마감", "agency 다라진흥원",
                "= start 2026-03-02 00:00:00 +09:00", "= deadline 2026-03-20 23:59:59 +09:00", "= open no",
            ]
        },
        {
            "tiles.html", "tiles", 1,
            [
                "tiles: list page https://tiles.example/notice, 2 rows, a later page is named",
                "title 2027년 해양 로봇 실증 과제 공모", "page https://tiles.example/view?id=77&p=3", "status D-3 마감", "ministry 해양수산부", "agency 바다연구원", "type 자유공모",
                "= published 2026-11-02 00:00:00 +09:00", "= start 2026-11-09 09:00:00 +09:00", "= deadline 2026-12-18 17:00:00 +09:00", "= open yes",
                "page 1, row 2 could not be read: no link to a detail page",
            ]
        },
        {
            "tiles-detail.html", "tiles", 0,
            [
                "tiles: detail page https://tiles.example/notice",
                "title 2027년 해양 로봇 실증 과제 공모", "field 소관부처 해양수산부", "attachment 공고문.hwp", "text's page https://tiles.example/notice/body?id=77",
                "= deadline 2026-12-18 17:00:00 +09:00", "= budget 1,200,000,000", "found Detail:Frame = iframe.body: 1 element",
            ]
        },
        {
            "interface.data.json", "interface", 1,
            [
                "interface: list page https://interface.example/openapi/calls?type=json, 2 rows, a later page is named",
                "title 2027년 중소기업 <디지털> 전환 과제 공고", "page https://www.interface.example/calls/9?id=9", "audience 중소기업", "text 기업당 3억원 이내를 지원합니다.",
                "= published 2026-11-01 00:00:00 +09:00", "= start 2026-11-10 00:00:00 +09:00", "= deadline 2026-12-31 23:59:59 +09:00", "= ministry 중소벤처기업부", "= budget 1,500,000,000",
                "page 1, row 2 could not be read: no link to a detail page",
            ]
        },
        {
            "atom.xml", "atom", 0,
            [
                "atom: list page https://atom.example/calls.atom, 1 row, no later page is named",
                "title 2027년 우주 부품 & 소재 과제 공고", "page https://atom.example/call?no=31&from=feed", "ministry 우주항공청",
                "= published 2026-11-03 09:00:00 +09:00", "= start 2026-11-03 00:00:00 +09:00", "= deadline none", "= open yes", "= budget none",
            ]
        },
        {
            "old.html", "old", 0,
            [
                "old: list page https://old.example/bbs/list.php?code=rnd, 2 rows, no later page is named",
                "title 2026년 스마트팜 자동화 과제", "page http://bbs.old.example/bbs/read.php?bno=502&sid=7", "= published 2026-11-10 00:00:00 +09:00",
                "= start 2026-11-16 00:00:00 +09:00", "= deadline 2026-12-04 23:59:59 +09:00", "= open yes", "= ministry 농림축산식품부",
                "title 2026년 종자 개량 과제", "page https://old.example/bbs/read.php?bno=480", "status 모집완료", "= open no",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Board_is_read_when_a_file_alone_describes_it(string page, string layout, int code, string[] expected)
    {
        var (exit, output, error) = await InspectAsync(Path.Combine(Folder, page), "--layout", Path.Combine(Folder, $"{layout}.json"));

        Assert.Equal((code, ""), (exit, error));
        AssertInOrder(expected, output);
    }

    [Fact]
    public async Task Report_says_what_was_expected_and_what_is_there_when_a_page_has_another_layout()
    {
        var (exit, output, _) = await InspectAsync(Path.Combine(Folder, "old.html"), "--layout", Path.Combine(Folder, "cards.json"));

        Assert.Equal(2, exit);
        AssertInOrder(
            [
                "No list and no detail page of cards.",
                "MISSING Table:Headings = 사업공고명, 신청기간: 번호, 과 제 명, 기간, 올린날, 진행상태, 접수시작, 끝",
                "MISSING Detail:Heading = .title: 0 elements",
            ],
            output);
    }

    [Theory]
    [InlineData("""{ "Shape": "Table", "Tabel": { "Headings": "a" } }""", "Tabel")]
    [InlineData("""{ "Shape": "Round" }""", "Round")]
    [InlineData("""{ "Shape": "Table", """, "wrong.json")]
    [InlineData("""{ "Shape": "Table", "Detail": { "Heading": ".a" } }""", "wrong:Detail:Fields is missing")]
    public async Task Layout_is_refused_when_its_file_makes_no_sense(string json, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("connect-layout-");
        try
        {
            var file = Path.Combine(folder.FullName, "wrong.json");
            await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

            var (exit, output, error) = await InspectAsync(Path.Combine(Folder, "old.html"), "--layout", file);

            Assert.Equal((2, ""), (exit, output));
            Assert.Contains(reason, error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--layout")]
    [InlineData("NTIS", "--layout")]
    [InlineData("NTIS", "extra")]
    public async Task Command_says_how_it_is_used_when_its_arguments_make_no_sense(params string[] args)
    {
        var (exit, _, error) = await InspectAsync(args);

        Assert.Equal(2, exit);
        Assert.StartsWith("usage: inspect", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_names_the_boards_when_it_knows_none_of_that_name()
    {
        var (exit, _, error) = await InspectAsync("NTSI");

        Assert.Equal(2, exit);
        Assert.StartsWith("'NTSI' is no file, no URL and none of BIZINFO, IITP, IRIS", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> InspectAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await InspectCommand.RunAsync(["inspect", .. args], output, error, Time, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }

    private static void AssertInOrder(string[] expected, string output)
    {
        List<string> lines = [.. output.Split('\n').Select(static line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        var from = 0;
        foreach (var line in expected)
        {
            var at = lines.FindIndex(from, candidate => candidate == line);
            Assert.True(at >= 0, $"not there, or not in this place: {line}\n{output}");
            from = at + 1;
        }
    }
}
