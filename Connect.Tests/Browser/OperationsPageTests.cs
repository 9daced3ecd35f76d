using System.Globalization;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connect.Tests.Browser;

/// <summary>The operations page in a real browser, on two replicas behind the proxy.</summary>
public sealed class OperationsPageTests(RunningApplication application, Chromium chromium)
{
    [Fact]
    public async Task Numbers_change_while_requests_come_in()
    {
        var client = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await client.CreateOrganizationAsync("ICT", "인공지능");
        await using var visit = await (await OperationsVisit.OpenAsync(chromium, client.Address)).EnterAsync();
        var before = await RequestsAsync(visit);

        for (var request = 0; request < 10; request++)
        {
            await client.GenerateAsync(organization);
        }

        await visit.Page.WaitForFunctionAsync(
            "before => Number(document.querySelector('[data-tile=requests]').textContent.replaceAll(',', '')) >= before + 10", before);
        Assert.Equal("3", await visit.Tile("instances").TextContentAsync());
        Assert.EndsWith("%", await visit.Tile("hit-ratio").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
        await visit.KeepAsync("ops");
    }

    [Fact]
    public async Task Only_administrators_get_in_and_all_others_get_the_same_answer()
    {
        var client = await application.CreateClientAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password = "Passw0rd!-1" });
        await using var visit = await OperationsVisit.OpenAsync(chromium, client.Address);

        List<string?> told = [];
        foreach (var (name, password) in ((string, string)[])[(RunningApplication.AdminEmail, "wrong"), (email, "Passw0rd!-1"), ("nobody@example.com", "x")])
        {
            await visit.SignInAsync(name, password);
            told.Add(await visit.Page.Locator("[role=alert]:visible").TextContentAsync());
        }

        Assert.Single(told.Distinct());
        await visit.Page.GotoAsync(new Uri(client.Address, "/ops").ToString());
        Assert.Contains("/ops/sign-in", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Keyboard_is_enough_to_evict_and_the_trail_says_who_did()
    {
        var administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        await using var visit = await (await OperationsVisit.OpenAsync(chromium, administrator.Address)).EnterAsync();
        var (page, keyboard) = (visit.Page, visit.Page.Keyboard);
        var newest = await page.Locator("[data-eviction]").First.GetAttributeAsync("data-eviction");

        await TabToAsync(page, "[data-ops-action=evict]");
        await keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open] input[value=programs]")).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-ops-action=evict]")).ToBeFocusedAsync();

        await keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open] input[value=programs]")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "dialog[open] .mud-button-filled");
        await keyboard.PressAsync("Enter");

        await Expect(page.Locator("[role=status] [data-ops-result=Evicted]")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-eviction]:not([data-eviction='{newest}'])").Filter(new() { HasText = "By hand" }).First)
            .ToContainTextAsync("matches");
        var trail = (await administrator.SendAsync(HttpMethod.Get, "/api/admin/audit")).Body!["items"]!.AsArray();
        var entry = trail.First(item => item!["route"]!.GetValue<string>() == "/ops")!;
        Assert.Equal(("POST", "action=evict&tag=matches", 204), (Text(entry, "method"), Text(entry, "target"), entry["status"]!.GetValue<int>()));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("ko-KR", ColorScheme.Light)]
    [InlineData("en-US", ColorScheme.Dark)]
    public async Task Page_is_accessible(string locale, ColorScheme colours)
    {
        var client = await application.CreateClientAsync();
        await using var visit = await OperationsVisit.OpenAsync(chromium, client.Address, locale, colours);
        await visit.Page.GotoAsync(new Uri(client.Address, "/ops/sign-in").ToString());
        Assert.Empty(await visit.FindBarriersAsync());

        await visit.EnterAsync();
        Assert.Equal(locale[..2], await visit.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Empty(await visit.FindBarriersAsync());

        await visit.Page.ClickAsync("[data-ops-action=evict]");
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Complaints);
        await visit.KeepAsync($"ops-{locale[..2]}-{colours}".ToLowerInvariant());
    }

    [Fact]
    public async Task Phone_shows_all_of_it_without_scrolling_sideways_in_the_language_and_colours_that_were_chosen()
    {
        var client = await application.CreateClientAsync();
        await using var visit = await OperationsVisit.OpenAsync(chromium, client.Address, "ko-KR", width: 390);
        await visit.Page.GotoAsync(new Uri(client.Address, "/ops/sign-in").ToString());
        Assert.Equal(0, await visit.OverflowAsync());

        await visit.EnterAsync();
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.Page.ClickAsync("[data-ops-theme]");
        await visit.Page.ClickAsync("[data-ops-language]");
        await visit.Page.WaitForSelectorAsync("html[lang=en][data-theme=dark]");
        await visit.AwaitLiveAsync();

        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Operations");
        Assert.Equal(0, await visit.OverflowAsync());
        Assert.Empty(visit.Complaints);
        await visit.KeepAsync("ops-phone");
    }

    [Fact]
    public async Task Suspicious_run_shows_part_by_part_what_its_page_has()
    {
        await using var context = TestDatabase.CreateContext(await application.GetDatabaseAsync());
        var run = new ScrapeRun { Agency = Agency.KEIT, Trigger = ScrapeTrigger.Schedule, Status = ScrapeStatus.Suspicious, RequestedAt = DateTimeOffset.UnixEpoch, CompletedAt = DateTimeOffset.UnixEpoch };
        context.Add(run);
        context.Add(new ScrapePage
        {
            RunId = run.Id,
            Reason = Suspicion.LayoutLost,
            Address = "/list.do?menu",
            Text = "",
            Findings = [new("Table:Headings", "공고명, 마감일", "<b>제목</b>, 등록일", IsThere: false), new("Row:Title", "제목", "제목", IsThere: true)],
        });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        var client = await application.CreateClientAsync();
        await using var visit = await (await OperationsVisit.OpenAsync(chromium, client.Address)).EnterAsync();

        var found = visit.Page.Locator($"[data-findings='{run.Id}']");
        await found.Locator("summary").ClickAsync();

        await Expect(found.Locator("summary")).ToContainTextAsync("The layout is not the known one");
        await Expect(found.Locator("tbody > tr > *")).ToHaveTextAsync(
            ["Table:Headings", "공고명, 마감일", "<b>제목</b>, 등록일", "Missing", "Row:Title", "제목", "제목", "There"]);
        await Expect(found).ToContainTextAsync("/list.do?menu");
        await visit.Page.Locator("[data-board=NTIS]").Locator("xpath=ancestor::details/summary").ClickAsync();
        await Expect(visit.Page.Locator("[data-board=NTIS]")).ToContainTextAsync("2026-08");
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Equal(0, await visit.OverflowAsync());
        Assert.Empty(visit.Complaints);
        await visit.KeepAsync("ops-suspicious");
    }

    private static async Task<long> RequestsAsync(OperationsVisit visit) =>
        long.Parse(await visit.Tile("requests").TextContentAsync() ?? "", NumberStyles.AllowThousands, CultureInfo.GetCultureInfo("en-US"));

    private static async Task TabToAsync(IPage page, string target)
    {
        for (var step = 0; step < 40; step++)
        {
            if (await page.EvaluateAsync<bool>("target => document.activeElement.matches(target)", target))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not lead to {target}.");
    }

    private static string Text(JsonNode entry, string name) => entry[name]!.GetValue<string>();
}
