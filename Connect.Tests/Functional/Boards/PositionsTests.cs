using System.Net;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Ingestion;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Functional.Boards;

/// <summary>A board whose links carry the row's place in the list: one new row on top gives all others another address.</summary>
public sealed class PositionsTests(RunningApplication application)
{
    private static readonly (string, string)[] Layout =
    [
        ("Shape", "Table"), ("Table:Headings", "제목, 등록일"), ("DefaultMinistry", "환경부"), ("PointsTo", ""), ("DetailPath", ""), ("DetailCall", ""),
        ("Paging:Parameter", "pg"), ("Paging:Form", ""), ("Paging:Pager", ".pages"), ("RequestsPerMinute", "1000000"),
        ("Detail:Heading", "h1"), ("Detail:Fields", "table"), ("Detail:Body", "p"), ("Detail:Attachments", ""),
    ];

    [Theory]
    [InlineData("/v.do?rnum={1}&bno={0}&pageIndex={2}&searchCondition=&searchKeyword=")]
    [InlineData("/v.do?bno={0}&cPage={2}")]
    [InlineData("/v.do?seat={1}&menu=4&bno={0}")]
    [InlineData("/v.do?bno={0}&seat={1}&total={3}")]
    public async Task Only_the_new_row_is_new_when_links_carry_positions(string link)
    {
        List<int> numbers = [.. Enumerable.Range(1, 15).Reverse()];
        using var board = new BoardPipeline(request => Answer(request, link, numbers), time: new FakeTimeProvider(IngestionHarness.Now), agency: Agency.TIPA, settings: Layout);
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        var first = await harness.RunAsync(Agency.TIPA);
        Assert.Equal((ScrapeStatus.Succeeded, 15, 0), (first.Status, first.New, first.Failed));
        var (before, generations) = (await DescribeAsync(harness), await harness.GenerationsAsync());

        var again = await harness.RunAsync(Agency.TIPA);
        Assert.Equal((ScrapeStatus.Succeeded, 0, 0, 0), (again.Status, again.New, again.Changed, again.Reposted));
        Assert.Equal(generations, await harness.GenerationsAsync());

        numbers.Insert(0, 16);
        var second = await harness.RunAsync(Agency.TIPA);

        Assert.Equal((ScrapeStatus.Succeeded, 1, 0, 15, 0, 0), (second.Status, second.New, second.Changed, second.Unchanged, second.Vanished, second.Reposted));
        Assert.Equal(before, (await DescribeAsync(harness)).Where(program => !program.Contains("16호", StringComparison.Ordinal)));
        var evicted = await harness.GenerationsAsync();

        // A row that leaves takes its posting with it, and the others stay what they are.
        numbers.Remove(10);
        var third = await harness.RunAsync(Agency.TIPA);
        Assert.Equal((ScrapeStatus.Succeeded, 0, 0, 1, 0), (third.Status, third.New, third.Changed, third.Vanished, third.Reposted));
        Assert.NotEqual(evicted, await harness.GenerationsAsync());
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, string link, List<int> numbers)
    {
        const int Size = 5;
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.RequestUri!.Query);
        if (request.RequestUri.AbsolutePath == "/v.do")
        {
            var number = int.Parse(query["bno"]!, System.Globalization.CultureInfo.InvariantCulture);
            return numbers.Contains(number)
                ? BoardPipeline.Page($"<h1>{Title(number)}</h1><table><tr><th>접수기간</th><td>2026-06-01 ~ 2026-07-0{1 + (number % 9)}</td></tr></table><p>지원합니다.</p>")
                : BoardPipeline.Status(HttpStatusCode.NotFound);
        }

        var page = query.TryGetValue("pg", out var asked) ? int.Parse(asked!, System.Globalization.CultureInfo.InvariantCulture) : 1;
        var pages = (numbers.Count + Size - 1) / Size;
        var rows = numbers.Skip((page - 1) * Size).Take(Size).Select((number, index) =>
            $"<tr><td><a href=\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, link, number, ((page - 1) * Size) + index + 1, page, numbers.Count)}\">{Title(number)}</a></td><td>2026-05-20</td></tr>");
        return BoardPipeline.Page(
            $"<table><thead><tr><th>제목</th><th>등록일</th></tr></thead><tbody>{string.Concat(rows)}</tbody></table><div class=\"pages\">{string.Concat(Enumerable.Range(1, pages).Select(static number => $"<a href=\"?pg={number}\">{number}</a>"))}</div>");
    }

    private static string Title(int number) => $"2026년 물관리 실증 기술개발 신규과제 {number}호 공고";

    private static async Task<List<string>> DescribeAsync(IngestionHarness harness) =>
        [.. (await harness.ProgramsAsync()).Select(program => $"{program.Title} {program.Id} {program.AnnouncementUrl} {program.UpdatedAt:O}").Order(StringComparer.Ordinal)];
}
