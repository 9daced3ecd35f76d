using System.Net;
using System.Text.Json.Nodes;
using static Connect.Tests.Distributed.Security.AccountMails;

namespace Connect.Tests.Distributed.Security;

/// <summary>The mails of registration, forgotten passwords and changed addresses.</summary>
public sealed class IdentityMailTests(RunningApplication application, SharedSite shared) : IClassFixture<SharedSite>
{
    private const string NewPassword = "Passw0rd!-2";

    // Each test has a domain, and so addresses, of its own.
    private readonly string _domain = $"{Guid.NewGuid():N}.example.com";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => shared.Site;

    private string Kim => $"kim@{_domain}";

    private string Lee => $"lee@{_domain}";

    [Theory]
    [InlineData("ko-KR", "[Connect] 이메일 주소를 확인해 주십시오")]
    [InlineData("en-GB, ko;q=0.5", "[Connect] Confirm your e-mail address")]
    [InlineData("", "[Connect] 이메일 주소를 확인해 주십시오")]
    public async Task Registration_sends_a_link_that_confirms_the_address(string languages, string subject)
    {
        using var registered = await PostAsync(Site, "/auth/register", Credentials(Kim), ("Accept-Language", languages));
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        Assert.Equal("queued", registered.Header("X-Confirmation-Mail"));

        var mail = Assert.Single(await MailsAsync(Site, _domain));
        Assert.Equal((Kim, "address-confirmation", subject), (mail.Recipient, mail.Template, mail.Subject));
        Assert.NotNull(mail.UserId);
        Assert.Equal(24, Math.Round((mail.ExpiresAt - mail.CreatedAt).TotalHours));
        Assert.DoesNotContain("kim", mail.Key, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("https://connect.example.kr/auth/confirmEmail?", LinkOf(mail).AbsoluteUri, StringComparison.Ordinal);
        Assert.False(await IsConfirmedAsync(Site, Kim));

        using var followed = await RawHttp.SendAsync(Site.Clients[0].Address, HttpMethod.Get, LinkOf(mail).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        Assert.True(await IsConfirmedAsync(Site, Kim));
    }

    [Fact]
    public async Task Link_begins_with_the_public_address_whatever_host_the_request_names()
    {

        using var registered = await PostAsync(
            Site, "/auth/register", Credentials(Kim), ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        var mail = Assert.Single(await MailsAsync(Site, _domain));
        Assert.Equal("https://connect.example.kr", LinkOf(mail).GetLeftPart(UriPartial.Authority));
        Assert.DoesNotContain("evil", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgotten_password_is_replaced_by_the_code_that_was_sent()
    {
        await RegisterAsync(Site, Kim, isConfirmed: true);

        using var asked = await PostAsync(Site, "/auth/forgotPassword", Address(Kim), ("Accept-Language", "en"));

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var mail = (await MailsAsync(Site, _domain)).Single(mail => mail.Template == "password-reset");
        Assert.Equal(2, Math.Round((mail.ExpiresAt - mail.CreatedAt).TotalHours));
        var body = Address(Kim);
        (body["resetCode"], body["newPassword"]) = (mail.Text!.Split("\n\n")[2], NewPassword);
        using var reset = await PostAsync(Site, "/auth/resetPassword", body);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        using var signedIn = await PostAsync(Site, "/auth/login", Credentials(Kim, NewPassword));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        // Only once.
        using var again = await PostAsync(Site, "/auth/resetPassword", body);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Changed_address_counts_from_when_its_link_was_followed()
    {
        var user = await AttackedSite.SignUpAsync(Site.Clients[0], Kim, AttackedSite.Password);

        var asked = await Site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = Lee }, user.Token);

        Assert.Equal(HttpStatusCode.OK, asked.Status);
        var mail = (await MailsAsync(Site, _domain)).Single(mail => mail.Template == "address-change");
        Assert.Equal((Lee, "https://connect.example.kr"), (mail.Recipient, LinkOf(mail).GetLeftPart(UriPartial.Authority)));
        using var followed = await RawHttp.SendAsync(Site.Clients[0].Address, HttpMethod.Get, LinkOf(mail).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        using var signedIn = await PostAsync(Site, "/auth/login", Credentials(Lee));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        using var before = await PostAsync(Site, "/auth/login", Credentials(Kim));
        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("lee@example.com\r\nBcc: all@example.com")]
    [InlineData("lee lee@example.com")]
    public async Task Address_to_change_to_is_refused_when_it_is_none(string address)
    {
        var user = await AttackedSite.SignUpAsync(Site.Clients[0], Kim, AttackedSite.Password);

        var asked = await Site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = address }, user.Token);

        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.NotNull(asked.Json["errors"]!["newEmail"]);
        Assert.DoesNotContain(await MailsAsync(Site, _domain), mail => mail.Template == "address-change");
    }

    [Fact]
    public async Task Without_a_mail_server_routes_that_only_send_say_so_and_registration_works()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 1, ("Mail__Host", ""));
        using var registered = await PostAsync(site, "/auth/register", Credentials("kim@example.com"));
        Assert.Equal((HttpStatusCode.OK, "not-configured"), (registered.StatusCode, registered.Header("X-Confirmation-Mail")));
        using var login = await PostAsync(site, "/auth/login", Credentials("kim@example.com"));
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        var token = JsonNode.Parse(await login.Content.ReadAsStringAsync(CancellationToken))!["accessToken"]!.GetValue<string>();

        foreach (var (path, body, bearer) in ((string, JsonObject, string?)[])
            [
                ("/auth/forgotPassword", Address("kim@example.com"), null), ("/auth/forgotPassword", Address("nobody@example.com"), null),
                ("/auth/resendConfirmationEmail", Address("kim@example.com"), null),
                ("/auth/manage/info", new JsonObject { ["newEmail"] = "lee@example.com" }, token),
            ])
        {
            var answer = await site.Clients[0].PostAsync(path, body, bearer);
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "urn:connect:problem:mail-not-configured"),
                (answer.Status, answer.Json["type"]!.GetValue<string>()));
        }

        Assert.Empty(await MailsAsync(site));
    }
}
