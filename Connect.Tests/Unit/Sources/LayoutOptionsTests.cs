using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources;

public sealed class LayoutOptionsTests
{
    public static TheoryData<Agency> Agencies => [.. Enum.GetValues<Agency>()];

    [Theory]
    [MemberData(nameof(Agencies))]
    public void Known_board_is_complete_when_only_its_address_is_configured(Agency agency)
    {
        using var services = Services(agency);

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(agency, services.GetRequiredService<IAnnouncementSource>().Agency);
        Assert.Equal(agency is Agency.NTIS or Agency.IRIS or Agency.BIZINFO, Read(services, agency).DefaultMinistry is null);
    }

    [Fact]
    public void Other_values_stay_known_when_one_is_overridden()
    {
        using var services = Services(Agency.NTIS, ("Detail:Heading", ".notice_view h2"), ("Row:Deadline", "끝"), ("Paging:Form", "pageUnit=50"));

        var (board, known) = (Read(services, Agency.NTIS), BoardParsers.Options(Agency.NTIS));

        Assert.Equal((".notice_view h2", known.Detail.Fields, known.Detail.Body), (board.Detail.Heading, board.Detail.Fields, board.Detail.Body));
        Assert.Equal(("끝", known.Table.Headings), (board.Row[RowField.Deadline], board.Table.Headings));
        Assert.Equal((known.Paging.Parameter, "pageUnit=50"), (board.Paging.Parameter, board.Paging.Form));
        Assert.Equal(".notice_view h1", known.Detail.Heading);
    }

    [Fact]
    public void Known_value_is_gone_when_it_is_overridden_with_nothing()
    {
        using var services = Services(
            Agency.TIPA, ("Row:Status", ""), ("Paging:Parameter", ""), ("Detail:Attachments", ""), ("DefaultMinistry", ""), ("MaxPages", "9"));

        services.GetRequiredService<IStartupValidator>().Validate();

        var board = Read(services, Agency.TIPA);
        Assert.Empty(RowNames.Of(board, RowField.Status));
        Assert.Equal(("", "", ""), (board.Paging.Parameter, board.Detail.Attachments, board.DefaultMinistry));
    }

    [Theory]
    [InlineData(Agency.KIMST, "Shape", "9", "Sources:KIMST:Shape is '9': it is one of Table, Blocks, Json, Feed.")]
    [InlineData(Agency.KIMST, "Shape", "", "Sources:KIMST:Shape is missing: it is one of Table, Blocks, Json, Feed.")]
    [InlineData(Agency.KIMST, "Row:Title", "", "Sources:KIMST:Row:Title is missing: it names what the list calls a title.")]
    [InlineData(Agency.IRIS, "Json:Items", "a..b", "Sources:IRIS:Json:Items is 'a..b': it is a path of properties with dots between them, or empty.")]
    [InlineData(Agency.IRIS, "Json:Arguments", "", "Sources:IRIS:Json:Arguments is missing: a row needs them, or Row:Link, to lead to its page.")]
    [InlineData(Agency.IRIS, "DetailPath", "", "Sources:IRIS:DetailPath is missing: it has the places of Json:Arguments.")]
    [InlineData(Agency.BIZINFO, "Key", "", "Sources:BIZINFO:Key is missing: the interface asks for a key, which is a secret.")]
    [InlineData(Agency.KIMST, "PointsTo:0", "KIMST", "Sources:KIMST:PointsTo is 'KIMST': a board does not point to itself.")]
    [InlineData(Agency.TIPA, "Detail:Heading", "label:", "Sources:TIPA:Detail:Heading is 'label:': a label follows.")]
    [InlineData(Agency.KEIT, "Blocks:Parts:Status", "..x", "Sources:KEIT:Blocks:Parts:Status is '..x': it is no CSS selector that is understood.")]
    [InlineData(Agency.KIMST, "Detail:Fields", "", "Sources:KIMST:Detail:Fields is missing: it is a CSS selector; only a board without Heading has no detail pages.")]
    [InlineData(Agency.KIMST, "Table:Headings", " , ", "Sources:KIMST:Table:Headings is ' , ': it has at least one word.")]
    [InlineData(Agency.KIMST, "Detail:Heading", "", "Sources:KIMST:Detail:Heading is missing: it is a CSS selector.")]
    [InlineData(Agency.KIMST, "Detail:Fields", "div > > p", "Sources:KIMST:Detail:Fields is 'div > > p': it is no CSS selector that is understood.")]
    [InlineData(Agency.KIMST, "Detail:Body", ".a, .b[", "Sources:KIMST:Detail:Body is '.a, .b[': it is no CSS selector that is understood.")]
    [InlineData(Agency.KIMST, "Detail:Attachments", "a:nonsense", "Sources:KIMST:Detail:Attachments is 'a:nonsense': it is no CSS selector that is understood.")]
    [InlineData(Agency.KEIT, "Blocks:Item", "..x", "Sources:KEIT:Blocks:Item is '..x': it is no CSS selector that is understood.")]
    [InlineData(Agency.KIMST, "Paging:Pager", "", "Sources:KIMST:Paging:Pager is missing: it is a CSS selector.")]
    [InlineData(Agency.IITP, "Paging:Parameter", "page=1&x", "Sources:IITP:Paging:Parameter is 'page=1&x': it is the name of a query parameter, or empty.")]
    [InlineData(Agency.KIMST, "DetailCall", "fn_view", "Sources:KIMST:DetailPath is missing: it goes with DetailCall, which is 'fn_view'.")]
    [InlineData(Agency.KIMST, "DetailPath", "/view.do?id={id}", "Sources:KIMST:DetailPath is '/view.do?id={id}': it is a path with {0} for the call's first argument, {1} for the second, up to {9}, or empty.")]
    [InlineData(Agency.KIMST, "DetailPath", "https://elsewhere.example/{0}", "Sources:KIMST:DetailPath is 'https://elsewhere.example/{0}': it is a path with {0}")]
    [InlineData(Agency.KIMST, "DetailPath", "//elsewhere.example/{0}", "Sources:KIMST:DetailPath is '//elsewhere.example/{0}': it is a path with {0}")]
    [InlineData(Agency.KIMST, "DetailPath", "/view.do?id={0:x}", "Sources:KIMST:DetailPath is '/view.do?id={0:x}': it is a path with {0}")]
    [InlineData(Agency.KIMST, "MaxPages", "0", "KIMST.MaxPages")]
    public void Worker_does_not_start_when_a_layout_makes_no_sense(Agency agency, string setting, string value, string message)
    {
        using var services = Services(agency, (setting, value));

        Assert.Contains(message, WhyNotStarted(services), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shape", "Round")]
    [InlineData("Evidence:List", "Rumour")]
    public void Worker_does_not_start_when_a_value_is_of_another_type(string setting, string value)
    {
        using var services = Services(Agency.KIMST, (setting, value));

        Assert.Contains($"'{value}' at 'Sources:KIMST:{setting}'", WhyNotStarted(services), StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_does_not_start_when_a_board_belongs_to_no_agency()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sources:NTSI:Enabled", "true")]).Build();

        var failure = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddAnnouncementSources(configuration));

        Assert.StartsWith("Sources:NTSI is enabled and the section of no agency", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Validates the options as the host does at start.</summary>
    private static string? WhyNotStarted(ServiceProvider services) =>
        Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate())?.Message;

    private static BoardOptions Read(ServiceProvider services, Agency agency) =>
        services.GetRequiredService<IOptionsMonitor<BoardOptions>>().Get(agency.ToString());

    private static ServiceProvider Services(Agency agency, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> values = new() { ["Enabled"] = "true", ["BaseAddress"] = "https://board.example", ["Key"] = "a-key" };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(setting => $"Sources:{agency}:{setting.Key}", setting => setting.Value)).Build();
        return new ServiceCollection().AddLogging().AddAnnouncementSources(configuration).BuildServiceProvider();
    }
}
