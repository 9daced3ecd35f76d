using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>Requests of an account that send mails, and the mails as the outbox has them.</summary>
internal static partial class AccountMails
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static JsonObject Credentials(string email, string password = AttackedSite.Password) => new() { ["email"] = email, ["password"] = password };

    public static JsonObject Address(string email) => new() { ["email"] = email };

    public static Task<HttpResponseMessage> PostAsync(AttackedSite site, string path, JsonObject body, params (string Name, string Value)[] headers) =>
        RawHttp.SendAsync(
            site.Clients[0].Address, HttpMethod.Post, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public static async Task RegisterAsync(AttackedSite site, string email, bool isConfirmed)
    {
        using var registered = await PostAsync(site, "/auth/register", Credentials(email));
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        await using var context = site.CreateContext();
        await context.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, isConfirmed), CancellationToken);
    }

    public static async Task<List<Mail>> MailsAsync(AttackedSite site)
    {
        await using var context = site.CreateContext();
        return await context.Mails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ToListAsync(CancellationToken);
    }

    /// <summary>Those to addresses of this domain, and those that its users have caused.</summary>
    public static async Task<List<Mail>> MailsAsync(AttackedSite site, string domain)
    {
        await using var context = site.CreateContext();
        var users = context.Users.Where(user => user.Email!.EndsWith($"@{domain}")).Select(user => user.Id);
        return await context.Mails.AsNoTracking().Where(mail => mail.Recipient!.EndsWith($"@{domain}") || users.Contains(mail.UserId!.Value))
            .OrderBy(mail => mail.CreatedAt).ToListAsync(CancellationToken);
    }

    public static async Task<bool> IsConfirmedAsync(AttackedSite site, string email)
    {
        await using var context = site.CreateContext();
        return await context.Users.Where(user => user.Email == email).Select(user => user.EmailConfirmed).SingleAsync(CancellationToken);
    }

    public static Uri LinkOf(Mail mail) => new(Link().Match(mail.Text!).Value);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
