using System.Collections.Concurrent;
using Connect.Tests.Distributed;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Connect.Tests.Browser;

/// <summary>A browser window, with the errors of its console.</summary>
internal sealed class OperationsVisit : IAsyncDisposable
{
    private const float Patience = 20_000;

    // A generous time-out: a slow machine is not a fault of the page.
    private static readonly string[] Serious = ["serious", "critical"];

    private readonly IBrowserContext _context;
    private readonly Uri _site;

    private OperationsVisit(IBrowserContext context, IPage page, Uri site) => (_context, Page, _site) = (context, page, site);

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Errors in the console, of scripts, and of the page's policy.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<OperationsVisit> OpenAsync(
        Chromium chromium, Uri site, string locale = "en-US", ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        var browser = await chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            Locale = locale,
            ColorScheme = colours,
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        var visit = new OperationsVisit(context, await context.NewPageAsync(), site);
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                visit.Complaints.Enqueue(message.Text);
            }
        };
        visit.Page.PageError += (_, error) => visit.Complaints.Enqueue(error);
        return visit;
    }

    /// <summary>Goes to the sign-in page and sends the form.</summary>
    public async Task SignInAsync(
        string email = RunningApplication.AdminEmail, string password = RunningApplication.AdminPassword, string page = "/ops/sign-in")
    {
        await Page.GotoAsync(new Uri(_site, page).ToString());
        await Page.FillAsync("#email", email);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("button.ops-submit");
    }

    /// <summary>Signs in as the administrator and waits until the page is connected.</summary>
    public async Task<OperationsVisit> EnterAsync()
    {
        await SignInAsync();

        // Not for the address: where it is there already, Playwright waits in vain for a navigation's commit.
        await AwaitLiveAsync();
        return this;
    }

    /// <summary>Waits until the page is connected, so that its buttons work.</summary>
    public Task AwaitLiveAsync() => Page.WaitForSelectorAsync("html[data-connection=live] [data-ops-action=evict]:enabled");

    public ILocator Tile(string name) => Page.Locator($"[data-tile={name}]");

    /// <summary>Violations of accessibility rules that a checker can find.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync() =>
    [
        .. (await Page.RunAxe()).Violations.Where(violation => Serious.Contains(violation.Impact))
            .Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"),
    ];

    /// <summary>By how many pixels the page is wider than the window.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Saves a screenshot under <c>artifacts/screenshots</c>.</summary>
    public Task KeepAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Unit.Api.Document.ApprovedDocument.RepositoryFile("artifacts"), "screenshots", $"{name}.png"),
        FullPage = true,
    });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
