using System.Net;
using Aspire.Hosting.Testing;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>The mails of development are on a page.</summary>
public sealed class MailCatcherTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_of_a_registration_is_on_the_page()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var registered = await (await application.CreateClientAsync()).SendAsync(HttpMethod.Post, "/auth/register", new { email, password = "Passw0rd!-1" });
        Assert.Equal(HttpStatusCode.OK, registered.Status);

        using var mails = (await application.GetAsync()).CreateHttpClient("mail", "http");
        await TestInstance.EventuallyAsync(async () =>
        {
            using var answer = await mails.GetAsync("/api/messages", CancellationToken);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(CancellationToken)).Contains(email, StringComparison.Ordinal);
        });
        Assert.Contains("Smtp4dev", await mails.GetStringAsync("/", CancellationToken), StringComparison.OrdinalIgnoreCase);
    }
}
