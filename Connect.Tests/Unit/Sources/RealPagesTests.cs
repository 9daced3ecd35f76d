using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>
/// Every row of every real list that is kept beside the repository, field by field. What to expect is taken from the file itself by
/// other means than the parsers', because none of its text may be copied here.
/// </summary>
public sealed partial class RealPagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Kimst_rows_are_programs_of_iris_when_the_list_is_real()
    {
        var page = PageFiles.ReadReal("real/kimst-list-2025-06.html");
        var expected = KimstRowRegex().Matches(page);

        var read = Read("KIMST", page);

        Assert.Equal(10, expected.Count);
        Assert.True(read.HasNext);
        Assert.All(read.Rows.Zip(expected, (row, text) => (row, text)), pair =>
        {
            var (row, owned) = Settled("KIMST", pair.row);
            var groups = pair.text.Groups;
            Assert.Equal(BlanksRegex().Replace(WebUtility.HtmlDecode(groups["title"].Value), " ").Trim(), row.Title);
            Assert.Equal(Agency.IRIS, owned.Agency);
            Assert.Equal($"https://www.iris.go.kr/contents/retrieveBsnsAncmView.do?ancmId={groups["id"].Value}&ancmPrg=ancmIng", owned.Address.AbsoluteUri);
            Assert.Equal(groups["published"].Value, row.Published);
            var announcement = Compose(Agency.KIMST, row);
            Assert.Equal("해양수산부", announcement.Ministry);
            AssertDays(announcement, groups["published"].Value, groups["start"].Value, groups["end"].Value);
        });
        Assert.Equal(expected.Count, read.Rows.Length);
    }

    [Fact]
    public void Ntis_rows_have_addresses_of_their_own_when_the_list_is_real()
    {
        var page = PageFiles.ReadReal("real/ntis-list-rows-2026-08.html");
        var ids = NtisCallRegex().Matches(page).Select(static call => call.Groups["id"].Value).ToList();

        var read = Read("NTIS", page);

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, read.Rows.Length);
        for (var i = 0; i < ids.Count; i++)
        {
            var (row, owned) = Settled("NTIS", read.Rows[i]);
            Assert.Equal($"https://www.ntis.go.kr/rndgate/eg/un/ra/view.do?roRndUid={ids[i]}&flag=rndList", owned.Address.AbsoluteUri);
            Assert.Equal(WebUtility.HtmlDecode(NtisTitleRegex().Matches(page)[i].Groups["title"].Value), row.Title);
            Assert.Equal(Cell("현황"), row.Status);
            Assert.Equal(Cell("부처명"), row.Ministry);
            AssertDays(Compose(Agency.NTIS, row), published: null, Cell("접수일"), Cell("마감일"));

            string Cell(string heading) => TagRegex().Replace(
                Regex.Matches(page, $"<td data-title=\"{heading}\"[^>]*>(?<cell>.*?)</td>", RegexOptions.Singleline)[i].Groups["cell"].Value, "").Trim();
        }
    }

    [Fact]
    public void Iris_rows_are_read_when_their_json_is_real()
    {
        var page = PageFiles.ReadReal("real/iris-list-2026-10.json");
        using var json = JsonDocument.Parse(page);
        var items = json.RootElement.GetProperty("listBsnsAncmBtinSitu").EnumerateArray().ToList();

        var read = Read("IRIS", page);

        Assert.True(read.HasNext);
        Assert.Equal(items.Count, read.Rows.Length);
        Assert.All(read.Rows.Zip(items, (row, item) => (row, item)), pair =>
        {
            var (row, owned) = Settled("IRIS", pair.row);
            var item = pair.item;
            Assert.Equal(Text("ancmTl"), row.Title);
            Assert.Equal($"https://www.iris.go.kr/contents/retrieveBsnsAncmView.do?ancmId={Text("ancmId")}&ancmPrg=ancmIng", owned.Address.AbsoluteUri);
            var announcement = Compose(Agency.IRIS, row);
            Assert.Equal((Text("blngGovdSeNm"), Text("sorgnNm"), Text("pbofrTpSeNmLst")), (announcement.Ministry, announcement.AnnouncingAgency, announcement.BoardType));
            Assert.False(announcement.Closed);
            AssertDays(announcement, Text("ancmDe"), Text("rcveStrDe"), Text("rcveEndDe"));

            string Text(string name) => item.GetProperty(name).GetString()!;
        });
    }

    [Fact]
    public void Iris_rows_are_read_when_their_html_is_real()
    {
        var page = PageFiles.ReadReal("real/iris-list-items-2026-08.html");
        var expected = IrisItemRegex().Matches(page);

        var read = Read("IRIS.html", page);

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, read.Rows.Length);
        Assert.All(read.Rows.Zip(expected, (row, text) => (row, text)), pair =>
        {
            var (row, owned) = Settled("IRIS.html", pair.row);
            var groups = pair.text.Groups;
            Assert.Equal((groups["title"].Value, groups["ministry"].Value, groups["agency"].Value), (row.Title, row.Ministry, row.AnnouncingAgency));
            Assert.Equal((groups["status"].Value, groups["type"].Value), (row.Status, row.Type));
            Assert.Equal($"https://www.iris.go.kr/contents/retrieveBsnsAncmView.do?ancmId={groups["id"].Value}&ancmPrg=ancmIng", owned.Address.AbsoluteUri);
            AssertDays(Compose(Agency.IRIS, row), groups["published"].Value, start: null, end: null);
        });
    }

    [Fact]
    public void Ntis_items_are_read_when_the_feed_is_real()
    {
        var page = PageFiles.ReadReal("real/ntis-feed-2026-08.xml");
        var items = XDocument.Parse(page.Trim()).Descendants("item").ToList();

        var read = Read("NTIS.feed", page);

        Assert.NotEmpty(items);
        Assert.Equal(items.Count, read.Rows.Length);
        Assert.All(read.Rows.Zip(items, (row, item) => (row, item)), pair =>
        {
            var (row, owned) = Settled("NTIS.feed", pair.row);
            var item = pair.item;
            Assert.Equal(Text("title"), row.Title);
            Assert.Equal($"{Text("link")}&flag=rndList", owned.Address.AbsoluteUri);
            var announcement = Compose(Agency.NTIS, row);
            Assert.Equal((Text("author"), Text("category")), (announcement.Ministry, announcement.AnnouncingAgency));
            Assert.Equal(Text("budget") == "0" ? null : long.Parse(Text("budget"), System.Globalization.CultureInfo.InvariantCulture), announcement.BudgetAmount);
            AssertDays(announcement, Text("pubDate"), Text("appbegin"), Text("appdue"));

            string Text(string name) => item.Element(name)!.Value;
        });
    }

    private static ListPage Read(string name, string page)
    {
        var board = BoardParsers.Known(name);
        return ListPages.Parse(page, DetailAddress.At(board.BaseAddress!, board.ListPath), 1, board);
    }

    private static (ListRow Row, OwnedPage Page) Settled(string name, ListRowResult row)
    {
        Assert.Null(row.Error);
        var owners = new PageOwners(Enum.Parse<Agency>(name.Split('.')[0]), BoardParsers.Known(name), other => BoardParsers.Known(other.ToString()));
        return (row.Row!, owners.Of(row.Row!.Address));
    }

    private static ScrapedAnnouncement Compose(Agency agency, ListRow row) =>
        AnnouncementComposer.Compose(agency, row, DetailPage.Of(row), BoardParsers.Known(agency.ToString()), Now);

    private static void AssertDays(ScrapedAnnouncement announcement, string? published, string? start, string? end)
    {
        Assert.Equal((Day(published), Day(start), Day(end)), (Day(announcement.PublishedAt), Day(announcement.ApplicationStart), Day(announcement.Deadline)));
        Assert.True(announcement.Deadline is not { } deadline || deadline.TimeOfDay == new TimeSpan(23, 59, 59));
    }

    private static string? Day(string? text) => text?.Replace('.', '-');

    private static string? Day(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """<td class="text-left"><a href="[^"]*ancmId=(?<id>[0-9]+)[^"]*"[^>]*>(?<title>[^<]*)</a></td>\s*<td>(?<published>[0-9-]+)</td>\s*<td>(?<start>[0-9-]+) ~ (?<end>[0-9-]+)</td>""")]
    private static partial Regex KimstRowRegex();

    [GeneratedRegex(@"fn_view\('(?<id>[0-9]+)'\)")]
    private static partial Regex NtisCallRegex();

    [GeneratedRegex("""<input type="checkbox"[^>]*title="(?<title>[^"]*)""")]
    private static partial Regex NtisTitleRegex();

    [GeneratedRegex(
        """inst_title">(?<ministry>[^<]*?) > (?<agency>[^<]*?)</span>.*?_view\('(?<id>[0-9]+)'[^>]*>(?<title>[^<]*)</a>.*?공고일자 :</em>(?<published>[0-9-]+).*?공고상태 :</em>\s*(?<status>[^<\s]+).*?공모유형 :</em>(?<type>[^<]*)""",
        RegexOptions.Singleline)]
    private static partial Regex IrisItemRegex();

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlanksRegex();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex TagRegex();
}
