using System.Net;
using System.Text.RegularExpressions;

namespace Connect.Tests.Distributed;

/// <summary>The reference page loads nothing from other origins and runs no script but its own.</summary>
public sealed partial class ApiReferencePageTests(RunningApplication application)
{
    [Fact]
    public async Task Page_names_no_other_origin_and_switches_off_what_would_ask_one()
    {
        var (page, _) = await ReadAsync();

        Assert.DoesNotContain("//", page, StringComparison.Ordinal);
        Assert.All(
            (string[])
            [
                "\"withDefaultFonts\":false", "\"telemetry\":false", "\"agent\":{\"disabled\":true}", "\"mcp\":{\"disabled\":true}",
                "\"hideClientButton\":true", "\"showDeveloperTools\":\"never\"",
            ],
            setting => Assert.Contains(setting, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scripts_have_the_nonce_of_the_policy_and_each_page_another()
    {
        var (page, policy) = await ReadAsync();
        var nonce = Nonce().Match(policy).Groups[1].Value;

        var scripts = Script().Matches(page);
        Assert.Equal(3, scripts.Count);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(nonce, (await ReadAsync()).Policy, StringComparison.Ordinal);
    }

    private async Task<(string Page, string Policy)> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = (await application.CreateClientAsync()).Address };
        using var response = await http.GetAsync("/scalar/", TestContext.Current.CancellationToken);
        return (
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
