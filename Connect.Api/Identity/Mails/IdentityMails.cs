using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Connect.Data.Mails;
using Connect.Data.Mails.Templates;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Mails;

/// <summary>
/// Identity's mails, written to the outbox through the request's context: in the transaction of the change that they tell of. An
/// address gets a few of a kind in an hour; further ones are left out, and the answer does not tell.
/// </summary>
internal sealed class IdentityMails(
    IHttpContextAccessor accessor, MailOutbox outbox, MailAvailability availability, AppSecrets secrets, TimeProvider time,
    IOptions<DataProtectionTokenProviderOptions> links, IOptions<PasswordResetOptions> resets) : IEmailSender<User>
{
    /// <summary>Mails of one kind that an address gets in an hour.</summary>
    public const int PerAddress = 3;

    /// <summary>Mails that one account causes in an hour, to whatever addresses.</summary>
    public const int PerAccount = 10;

    private const string SecretName = "mail-addresses";
    private const int AddressTagBytes = 16;

    private HttpContext Request => accessor.HttpContext ?? throw new InvalidOperationException("Identity's mails belong to a request.");

    /// <summary>Confirms an account's address, or the one that it changes to.</summary>
    /// <param name="user">The account.</param>
    /// <param name="email">The address to be confirmed.</param>
    /// <param name="confirmationLink">Identity's link, encoded for HTML, with the host that the request named.</param>
    public Task SendConfirmationLinkAsync(User user, string email, string confirmationLink)
    {
        var link = Rebase(confirmationLink);
        var isChange = QueryHelpers.ParseQuery(link.Query).ContainsKey("changedEmail");
        return isChange || !user.EmailConfirmed
            ? SendAsync(user, email, isChange ? new AddressChangeMail(link) : new AddressConfirmationMail(link), links.Value.TokenLifespan)
            : Task.CompletedTask;
    }

    public Task SendPasswordResetLinkAsync(User user, string email, string resetLink) =>
        SendAsync(user, email, new PasswordResetLinkMail(Rebase(resetLink)), resets.Value.TokenLifespan);

    public Task SendPasswordResetCodeAsync(User user, string email, string resetCode) =>
        SendAsync(user, email, new PasswordResetCodeMail(WebUtility.HtmlDecode(resetCode)), resets.Value.TokenLifespan);

    private async Task SendAsync(User user, string email, MailContent content, TimeSpan lifespan)
    {
        if (!availability.IsConfigured || !MailAddresses.IsValid(email))
        {
            return;
        }

        var (request, now) = (Request, time.GetUtcNow());
        var context = request.RequestServices.GetRequiredService<ConnectDbContext>();
        var hourAgo = now - TimeSpan.FromHours(1);
        if (await context.Mails.CountAsync(mail => mail.UserId == user.Id && mail.CreatedAt > hourAgo, request.RequestAborted) >= PerAccount)
        {
            return;
        }

        // One key for each mail that the hour allows: of two requests at once only one takes it.
        var tag = await TagAsync(email);
        var occasion = string.Create(CultureInfo.InvariantCulture, $"{content.Template}:{tag}:{now.UtcDateTime:yyyyMMddHH}");
        for (var number = 1; number <= PerAddress; number++)
        {
            var message = new MailMessage($"{occasion}:{number}", email, request.Request.PreferredLanguage(), content, now + lifespan)
            {
                UserId = user.Id,
            };
            if (await outbox.AddAsync(context, message, request.RequestAborted))
            {
                return;
            }
        }
    }

    // Tells addresses apart without naming them: keys stay when addresses are removed.
    private async Task<string> TagAsync(string email)
    {
        var key = await secrets.GetAsync(SecretName, Request.RequestAborted);
        var address = MailAddresses.WithAsciiDomain(MailAddresses.Compose(email)).ToUpperInvariant();
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address)).AsSpan(0, AddressTagBytes));
    }

    // The request's host is the caller's to choose: a link with it would lead the account's holder anywhere.
    private Uri Rebase(string link)
    {
        var address = new Uri(WebUtility.HtmlDecode(link), UriKind.Absolute);
        return availability.IsConfigured ? availability.LinkTo(address.PathAndQuery) : address;
    }
}
