using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using Connect.AgencySimulator;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Connect.Tests.Unit.Sources;

/// <summary>The simulator's addresses, their parameters, and what faults and the control API do to them.</summary>
public sealed class SimulatorSiteTests : IDisposable
{
    private const string IrisList = "/iris/contents/retrieveBsnsAncmBtinSituList.do";
    private const string IitpList = "/iitp/link-svc/api/iris/list.do";
    private const string KimstList = "/kimst/u/news/inform_01/pjtAnuc.do";
    private const string KeitFolder = "/keit/srome/biz/perform/opnnPrpsl/";
    private const string NtisList = "/ntis/rndgate/eg/un/ra/mng.do";
    private const string TipaList = "/tipa/front/ifg/no/notice02_list.do";

    private readonly WebApplicationFactory<AgencySimulatorMarker> _simulator = new Factory();
    private readonly HttpClient _client;

    public SimulatorSiteTests() => _client = _simulator.CreateClient(new() { AllowAutoRedirect = false });

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task State_has_what_the_lists_show_when_they_are_read_to_the_end()
    {
        var state = (await StateAsync()).CountBy(item => item.Board).ToDictionary();

        Assert.Equal(state["IITP"], await CountAsync(async number => (await PostAsync(IitpList, $"cpage={number}")).GetProperty("list").GetArrayLength()));
        Assert.Equal(state["KIMST"], await CountAsync(async number => await CountAsync($"{KimstList}?page={number}", "table.table-list tbody a")));
        Assert.Equal(state["KEIT"], await CountAsync(async number => await CountAsync($"{KeitFolder}retrieveTaskAnncmListView.do?pageIndex={number}", "div.table_box_wrap")));
        Assert.Equal(state["TIPA"], await CountAsync(async number => await CountAsync($"{TipaList}?sysGubun=smtech&pageIndex={number}", "div.right tbody tr a")));
        Assert.Equal(state["NTIS"], await CountAsync(async number => await CountAsync($"{NtisList}?pageIndex={number}", "tbody a")));
        var parts = 0;
        foreach (var part in (string[])["ancmIng", "ancmPre", "ancmEnd"])
        {
            var data = await CountAsync(async number =>
                (await PostAsync(IrisList, $"ancmPrg={part}&pageIndex={number}")).GetProperty("listBsnsAncmBtinSitu").GetArrayLength());
            Assert.Equal(data, await CountAsync(async number => await CountAsync($"{IrisList}?ancmPrg={part}&pageIndex={number}", "ul.dbody > li")));
            parts += data;
        }

        Assert.Equal(state["IRIS"] + 2, parts);
    }

    [Theory]
    [InlineData(IrisList, "listBsnsAncmBtinSitu", "ancmPrg=ancmIng&pageUnit=15", 15)]
    [InlineData(IrisList, "listBsnsAncmBtinSitu", "ancmPrg=ancmIng&pageUnit=5000", 100)]
    [InlineData(IrisList, "listBsnsAncmBtinSitu", "ancmPrg=ancmIng", 10)]
    [InlineData(IitpList, "list", "rows=20", 20)]
    [InlineData(IitpList, "list", "cpage=1&rows=0", 10)]
    [InlineData(IitpList, "list", "cpage=99", 0)]
    public async Task Lists_have_as_many_rows_as_they_are_asked_for(string path, string list, string form, int most)
    {
        var count = (await PostAsync(path, form)).GetProperty(list).GetArrayLength();

        Assert.InRange(count, Math.Min(most, 30), most);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("?prt=7", 7)]
    public async Task Feed_has_the_newest_announcements_when_it_is_asked_for_some(string query, int most)
    {
        var feed = XDocument.Parse(await _client.GetStringAsync($"/ntis/rndgate/unRndRss.xml{query}", CancellationToken));

        var links = feed.Descendants("item").Select(item => item.Element("link")!.Value).ToList();
        Assert.Equal(Math.Min(most, (await StateAsync()).Count(item => item.Board == "NTIS")), links.Count);
        using var detail = Html.Parse(await _client.GetStringAsync(links[0], CancellationToken));
        Assert.Equal(feed.Descendants("item").First().Element("title")!.Value, Html.Line(detail.QuerySelector(".notice_view h1")));
    }

    [Fact]
    public async Task Rows_of_kimst_are_pages_of_iris_whatever_part_they_name()
    {
        using var list = Html.Parse(await _client.GetStringAsync(KimstList, CancellationToken));
        var address = list.QuerySelector("table.table-list tbody a")!.GetAttribute("href")!;

        using var named = await _client.GetAsync(address, CancellationToken);
        using var other = await _client.GetAsync(address[..address.LastIndexOf('=')] + "=ancmEnd", CancellationToken);

        Assert.Equal(await named.Content.ReadAsStringAsync(CancellationToken), await other.Content.ReadAsStringAsync(CancellationToken));
        Assert.Equal(named.Headers.ETag, other.Headers.ETag);
        Assert.Equal((1, 0, 2), (await RequestsAsync("KIMST", "lists"), await RequestsAsync("KIMST", "details"), await RequestsAsync("IRIS", "details")));
    }

    [Fact]
    public async Task Test_rows_lead_nowhere()
    {
        var rows = (await PostAsync(IrisList, "ancmPrg=ancmIng")).GetProperty("listBsnsAncmBtinSitu");
        HttpStatusCode[] expected = [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK];
        for (var i = 0; i < expected.Length; i++)
        {
            using var response = await _client.GetAsync($"/iris/contents/retrieveBsnsAncmView.do?ancmId={rows[i].GetProperty("ancmId")}&ancmPrg=ancmIng", CancellationToken);
            Assert.Equal(expected[i], response.StatusCode);
        }
    }

    [Fact]
    public async Task Text_of_keit_has_an_address_of_its_own_which_fails_like_a_detail_page()
    {
        using var list = Html.Parse(await _client.GetStringAsync($"{KeitFolder}retrieveTaskAnncmListView.do?prgmId=XPG201040000", CancellationToken));
        var arguments = list.QuerySelector("p.subject a")!.GetAttribute("onclick")!.Split('\'');
        using var detail = Html.Parse(await _client.GetStringAsync(
            $"{KeitFolder}retrieveTaskAnncmInfoView.do?ancmId={arguments[1]}&bsnsYy={arguments[3]}&prgmId=XPG201040000", CancellationToken));
        Assert.Equal(Html.Line(list.QuerySelector("p.subject span.title")), ((IHtmlInputElement)detail.QuerySelector("div.view_box input#bsnsAncmTl")!).Value);
        var text = KeitFolder + detail.QuerySelector("div.view_box iframe")!.GetAttribute("src");
        Assert.Contains("연구개발", await _client.GetStringAsync(text, CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, await RequestsAsync("KEIT", "details"));

        using var fault = await _client.PostAsJsonAsync("/_simulator/faults", new { board = "KEIT", kind = "status500", count = 1 }, CancellationToken);
        using var failed = await _client.GetAsync(text, CancellationToken);
        using var unknown = await _client.GetAsync(text.Replace("ancmId=I", "ancmId=J", StringComparison.Ordinal), CancellationToken);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.NotFound), (failed.StatusCode, unknown.StatusCode));
    }

    [Theory]
    [InlineData("IRIS", IrisList, "listBsnsAncmBtinSitu", "paginationInfo", "totalPageCount")]
    [InlineData("IITP", IitpList, "list", "pagination", "totalpage")]
    public async Task Data_has_faults_too(string board, string path, string list, string pagination, string pages)
    {
        foreach (var kind in (string[])["emptyList", "changedLayout", "status404"])
        {
            using var fault = await _client.PostAsJsonAsync("/_simulator/faults", new { board, kind, count = 1 }, CancellationToken);
        }

        var empty = await PostAsync(path, "ancmPrg=ancmIng");
        using var changed = await SendAsync(path, "ancmPrg=ancmIng");
        using var gone = await SendAsync(path, "ancmPrg=ancmIng");
        using var good = await SendAsync(path, "ancmPrg=ancmIng");

        Assert.Equal((0, 1), (empty.GetProperty(list).GetArrayLength(), empty.GetProperty(pagination).GetProperty(pages).GetInt32()));
        Assert.Equal("text/html", changed.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("application/json", good.Content.Headers.ContentType!.MediaType);
        Assert.Equal((4, 3), (await RequestsAsync(board, "lists"), await RequestsAsync(board, "faults")));
    }

    [Theory]
    [InlineData($"{NtisList}", "tbody tr td[colspan]")]
    [InlineData("/ntis/rndgate/unRndRss.xml", "channel")]
    [InlineData(TipaList, "div.right tbody tr td[colspan]")]
    [InlineData(KimstList, "table.table-list tbody tr td[colspan]")]
    [InlineData($"{KeitFolder}retrieveTaskAnncmListView.do", "div.table_box p.no_data")]
    [InlineData(IrisList, "ul.dbody:empty, ul.dbody + p.no_data")]
    public async Task List_keeps_its_shape_when_it_has_no_rows(string path, string selector)
    {
        var board = path.Split('/')[1].ToUpperInvariant();
        using var fault = await _client.PostAsJsonAsync("/_simulator/faults", new { board, kind = "emptyList", count = 1 }, CancellationToken);

        using var empty = Html.Parse(await _client.GetStringAsync(path, CancellationToken));

        Assert.Single(empty.QuerySelectorAll(selector).Take(1));
        Assert.Empty(empty.QuerySelectorAll("tbody tr a, item, div.table_box_wrap, ul.dbody > li"));
    }

    [Fact]
    public async Task State_has_an_announcement_of_kimst_on_both_boards_and_one_on_three()
    {
        var state = await StateAsync();

        var titles = state.GroupBy(item => item.Title).ToDictionary(group => group.Key, group => group.ToList());
        Assert.All(state.Where(item => item.Board == "KIMST"), item => Assert.Contains(titles[item.Title], other => other == item with { Board = "IRIS" }));
        var three = Assert.Single(titles.Values, group => group.DistinctBy(item => item.Board).Count() == 3);
        Assert.Equal(["IRIS", "KIMST", "NTIS"], three.Select(item => item.Board).Order());
        Assert.Single(three.Select(item => item with { Board = "" }).Distinct());
    }

    private static async Task<int> CountAsync(Func<int, Task<int>> read)
    {
        var count = 0;
        for (var number = 1; await read(number) is > 0 and var rows; number++)
        {
            count += rows;
        }

        return count;
    }

    private async Task<int> CountAsync(string address, string selector)
    {
        using var document = Html.Parse(await _client.GetStringAsync(address, CancellationToken));
        return document.QuerySelectorAll(selector).Length;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        return await _client.PostAsync(path, content, CancellationToken);
    }

    private async Task<JsonElement> PostAsync(string path, string form)
    {
        using var response = await SendAsync(path, form);
        return await response.Content.ReadFromJsonAsync<JsonElement>(CancellationToken);
    }

    private async Task<int> RequestsAsync(string board, string counter) =>
        (await _client.GetFromJsonAsync<JsonElement>("/_simulator/requests", CancellationToken))
            .GetProperty("boards").GetProperty(board).GetProperty(counter).GetInt32();

    private async Task<List<Item>> StateAsync()
    {
        var state = await _client.GetFromJsonAsync<JsonElement>("/_simulator/state", CancellationToken);
        return [.. state.GetProperty("items").EnumerateArray().Select(item => item.Deserialize<Item>(JsonSerializerOptions.Web)!)];
    }

    private sealed record Item(string Board, string Title, string Kind, bool Open, string? Deadline, string? BudgetAmount);

    private sealed class Factory : WebApplicationFactory<AgencySimulatorMarker>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Simulator:Announcements", "600");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}
