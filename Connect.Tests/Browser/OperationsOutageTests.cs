using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using static Microsoft.Playwright.Assertions;

namespace Connect.Tests.Browser;

/// <summary>The page on a process and a database of the test's own.</summary>
public sealed class OperationsOutageTests(RunningApplication application, Chromium chromium)
{
    // The start of a process, and the page's pauses between its attempts, on a busy machine.
    private const float Patience = 60_000;

    private const string Hostile = "<script>window.hit = true</script><img src=x onerror=\"window.hit = true\"> 공고";

    [Fact(Explicit = true)]
    public async Task Foreign_title_stays_text_and_the_page_comes_back_when_its_process_does()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.StartAsync();
        await using (var context = instances.CreateContext())
        {
            context.Programs.Add(new FundingProgram
            {
                Title = Hostile,
                AnnouncementUrl = "https://example.com/1",
                IdentityKey = "1",
                Fingerprint = "1",
                Deadline = TimeProvider.System.GetUtcNow().AddDays(45),
            }.Classified());
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var visit = await (await OperationsVisit.OpenAsync(chromium, api.Address)).EnterAsync();
        await Expect(visit.Page.Locator(".ops-program").First).ToHaveTextAsync(Hostile);
        Assert.False(await visit.Page.EvaluateAsync<bool>("Boolean(window.hit)"));
        Assert.Empty(visit.Complaints);

        // Another process at the same address: it does not know the page, which loads anew by itself.
        await visit.Page.EvaluateAsync("window.mark = 1");
        await api.KillAsync();
        await visit.Page.WaitForSelectorAsync("html[data-connection=lost]");
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await instances.StartAsync(("ASPNETCORE_URLS", api.Address.GetLeftPart(UriPartial.Authority)));

        await visit.Page.WaitForFunctionAsync(
            "() => window.mark === undefined && document.documentElement.dataset.connection === 'live'", arg: null, new() { Timeout = Patience });
        await Expect(visit.Page.Locator(".ops-program").First).ToHaveTextAsync(Hostile);
    }
}
