using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Api.Identity.Mails;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>The mails of registration, forgotten passwords and changed addresses, and what the answers tell.</summary>
public sealed partial class IdentityMailTests(RunningApplication application)
{
    private const string Password = "Passw0rd!-1";
    private const string NewPassword = "Passw0rd!-2";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ko-KR", "[Connect] 이메일 주소를 확인해 주십시오")]
    [InlineData("en-GB, ko;q=0.5", "[Connect] Confirm your e-mail address")]
    [InlineData("", "[Connect] 이메일 주소를 확인해 주십시오")]
    public async Task Registration_sends_a_link_that_confirms_the_address(string languages, string subject)
    {
        await using var site = await SiteAsync();
        using var registered = await PostAsync(site, "/auth/register", Credentials("kim@example.com"), ("Accept-Language", languages));
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        Assert.Equal("queued", registered.Header("X-Confirmation-Mail"));

        var mail = Assert.Single(await MailsAsync(site));
        Assert.Equal(("kim@example.com", "address-confirmation", subject), (mail.Recipient, mail.Template, mail.Subject));
        Assert.NotNull(mail.UserId);
        Assert.Equal(24, Math.Round((mail.ExpiresAt - mail.CreatedAt).TotalHours));
        Assert.DoesNotContain("kim", mail.Key, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("https://connect.example.kr/auth/confirmEmail?", LinkOf(mail).AbsoluteUri, StringComparison.Ordinal);
        Assert.False(await IsConfirmedAsync(site, "kim@example.com"));

        using var followed = await RawHttp.SendAsync(site.Clients[0].Address, HttpMethod.Get, LinkOf(mail).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        Assert.True(await IsConfirmedAsync(site, "kim@example.com"));
    }

    [Fact]
    public async Task Link_begins_with_the_public_address_whatever_host_the_request_names()
    {
        await using var site = await SiteAsync();

        using var registered = await PostAsync(
            site, "/auth/register", Credentials("kim@example.com"), ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        var mail = Assert.Single(await MailsAsync(site));
        Assert.Equal("https://connect.example.kr", LinkOf(mail).GetLeftPart(UriPartial.Authority));
        Assert.DoesNotContain("evil", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgotten_password_is_replaced_by_the_code_that_was_sent()
    {
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed: true);

        using var asked = await PostAsync(site, "/auth/forgotPassword", Address("kim@example.com"), ("Accept-Language", "en"));

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var mail = (await MailsAsync(site)).Single(mail => mail.Template == "password-reset");
        Assert.Equal(2, Math.Round((mail.ExpiresAt - mail.CreatedAt).TotalHours));
        var body = Address("kim@example.com");
        (body["resetCode"], body["newPassword"]) = (mail.Text!.Split("\n\n")[2], NewPassword);
        using var reset = await PostAsync(site, "/auth/resetPassword", body);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        using var signedIn = await PostAsync(site, "/auth/login", Credentials("kim@example.com", NewPassword));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        // Only once.
        using var again = await PostAsync(site, "/auth/resetPassword", body);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Changed_address_counts_from_when_its_link_was_followed()
    {
        await using var site = await SiteAsync();
        var user = await AttackedSite.SignUpAsync(site.Clients[0], "kim@example.com", Password);

        var asked = await site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = "lee@example.com" }, user.Token);

        Assert.Equal(HttpStatusCode.OK, asked.Status);
        var mail = (await MailsAsync(site)).Single(mail => mail.Template == "address-change");
        Assert.Equal(("lee@example.com", "https://connect.example.kr"), (mail.Recipient, LinkOf(mail).GetLeftPart(UriPartial.Authority)));
        using var followed = await RawHttp.SendAsync(site.Clients[0].Address, HttpMethod.Get, LinkOf(mail).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        using var signedIn = await PostAsync(site, "/auth/login", Credentials("lee@example.com"));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        using var before = await PostAsync(site, "/auth/login", Credentials("kim@example.com"));
        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("lee@example.com\r\nBcc: all@example.com")]
    [InlineData("lee lee@example.com")]
    public async Task Address_to_change_to_is_refused_when_it_is_none(string address)
    {
        await using var site = await SiteAsync();
        var user = await AttackedSite.SignUpAsync(site.Clients[0], "kim@example.com", Password);

        var asked = await site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = address }, user.Token);

        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.NotNull(asked.Json["errors"]!["newEmail"]);
        Assert.DoesNotContain(await MailsAsync(site), mail => mail.Template == "address-change");
    }

    [Theory]
    [InlineData("/auth/forgotPassword", true)]
    [InlineData("/auth/resendConfirmationEmail", false)]
    public async Task Answer_tells_neither_by_content_nor_by_time_whether_an_address_has_an_account(string path, bool isConfirmed)
    {
        const int Rounds = 8;
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed);
        List<double> known = [], unknown = [];
        HashSet<string> answers = [];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (address, times) in ((string, List<double>)[])[("kim@example.com", known), ("nobody@example.com", unknown)])
            {
                var answer = await site.Clients[0].PostAsync(path, Address(address));
                times.Add(answer.Took.TotalMilliseconds);
                answers.Add($"{(int)answer.Status} {answer.MediaType} {answer.Body}");
            }
        }

        Assert.Equal("200  ", Assert.Single(answers));

        // Every answer takes its time, so that the medians differ by noise alone.
        Assert.All(known.Concat(unknown), time => Assert.True(time >= 240, $"{time} ms"));
        Assert.InRange(Math.Abs(Median(known) - Median(unknown)), 0, 40);
        Assert.NotEmpty(await MailsAsync(site));

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    [Fact]
    public async Task Address_gets_three_mails_of_a_kind_in_an_hour_and_the_answers_do_not_tell()
    {
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed: true);

        // One after the other, and at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.Clients[0].PostAsync("/auth/forgotPassword", Address("KIM@example.com"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var resets = (await MailsAsync(site)).Where(mail => mail.Template == "password-reset").ToList();

        // The hour may have changed meanwhile.
        Assert.InRange(resets.Count, IdentityMails.PerAddress, 2 * IdentityMails.PerAddress);
        Assert.All(resets.GroupBy(mail => mail.Key.Split(':')[2]), hour => Assert.InRange(hour.Count(), 1, IdentityMails.PerAddress));
    }

    [Fact]
    public async Task Account_causes_ten_mails_in_an_hour_whatever_addresses_it_names()
    {
        await using var site = await SiteAsync();
        var user = await AttackedSite.SignUpAsync(site.Clients[0], "kim@example.com", Password);
        for (var number = 0; number < 12; number++)
        {
            var asked = await site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = $"victim{number}@example.com" }, user.Token);
            Assert.Equal(HttpStatusCode.OK, asked.Status);
        }

        Assert.Equal(IdentityMails.PerAccount, (await MailsAsync(site)).Count);
    }

    [Fact]
    public async Task Confirmed_and_unknown_addresses_get_no_mail()
    {
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed: true);
        await RegisterAsync(site, "lee@example.com", isConfirmed: false);
        var before = (await MailsAsync(site)).Count;

        await site.Clients[0].PostAsync("/auth/resendConfirmationEmail", Address("kim@example.com"));
        await site.Clients[0].PostAsync("/auth/forgotPassword", Address("lee@example.com"));
        await site.Clients[0].PostAsync("/auth/forgotPassword", Address("nobody@example.com"));

        Assert.Equal(before, (await MailsAsync(site)).Count);
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

    [Theory]
    [InlineData("o'neil@example.com")]
    [InlineData("kim!lee+tag@example.co.kr")]
    [InlineData("한글@예시.한국")]
    [InlineData("홍길동.부장@example.com")]
    public async Task People_sign_in_with_the_addresses_that_they_have(string address)
    {
        await using var site = await SiteAsync();
        var (composed, decomposed) = (address.Normalize(NormalizationForm.FormC), address.Normalize(NormalizationForm.FormD));

        using var registered = await PostAsync(site, "/auth/register", Credentials(decomposed));
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync(CancellationToken));
        using var signedIn = await PostAsync(site, "/auth/login", Credentials(composed));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        Assert.Equal(composed, Assert.Single(await MailsAsync(site)).Recipient);
        foreach (var same in (string[])[composed, decomposed, composed.ToUpperInvariant(), InAscii(composed)])
        {
            using var again = await PostAsync(site, "/auth/register", Credentials(same));
            var problem = JsonNode.Parse(await again.Content.ReadAsStringAsync(CancellationToken))!;
            Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
            Assert.Equal("""{"email":["The address is taken."]}""", problem["errors"]!.ToJsonString());
        }

        await using var context = site.CreateContext();
        Assert.Equal(1, await context.Users.CountAsync(user => user.Email != RunningApplication.AdminEmail, CancellationToken));

        static string InAscii(string address) =>
            $"{address.Split('@')[0]}@{new IdnMapping().GetAscii(address.Split('@')[1])}";
    }

    [Theory]
    [InlineData("kim lee@example.com")]
    [InlineData("kim@example")]
    [InlineData("kim@exam_ple.com")]
    [InlineData("kim..lee@example.com")]
    [InlineData("kim\u200b@example.com")]
    [InlineData("kim\u0007@example.com")]
    public async Task Registration_is_refused_with_one_error_that_speaks_of_the_address(string address)
    {
        await using var site = await SiteAsync();

        using var refused = await PostAsync(site, "/auth/register", Credentials(address));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(CancellationToken))!;
        Assert.Equal("""{"email":["The value is not a mail address."]}""", problem["errors"]!.ToJsonString());
    }

    private Task<AttackedSite> SiteAsync() => AttackedSite.HostAsync(application, instances: 1);

    private static JsonObject Credentials(string email, string password = Password) => new() { ["email"] = email, ["password"] = password };

    private static JsonObject Address(string email) => new() { ["email"] = email };

    private static Task<HttpResponseMessage> PostAsync(AttackedSite site, string path, JsonObject body, params (string Name, string Value)[] headers) =>
        RawHttp.SendAsync(
            site.Clients[0].Address, HttpMethod.Post, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    private static async Task RegisterAsync(AttackedSite site, string email, bool isConfirmed)
    {
        using var registered = await PostAsync(site, "/auth/register", Credentials(email));
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        await using var context = site.CreateContext();
        await context.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, isConfirmed), CancellationToken);
    }

    private static async Task<List<Mail>> MailsAsync(AttackedSite site)
    {
        await using var context = site.CreateContext();
        return await context.Mails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ToListAsync(CancellationToken);
    }

    private static async Task<bool> IsConfirmedAsync(AttackedSite site, string email)
    {
        await using var context = site.CreateContext();
        return await context.Users.Where(user => user.Email == email).Select(user => user.EmailConfirmed).SingleAsync(CancellationToken);
    }

    private static Uri LinkOf(Mail mail) => new(Link().Match(mail.Text!).Value);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
