using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connect.Data.Mails;
using Connect.Domain.Organizations;

namespace Connect.Data.Organizations;

/// <summary>An invitation that was made, with the token of its link: it is nowhere else.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Token">The token, in Base64Url.</param>
public sealed record NewInvitation(Invitation Invitation, string Token)
{
    /// <summary>The id, without address and token.</summary>
    public override string ToString() => Invitation.Id.ToString();
}

/// <summary>
/// Makes and removes invitations, with the organization locked. A link's token has 256 random bits; only its hash is stored, so that no copy
/// of the database opens anything.
/// </summary>
public static class Invitations
{
    private const int TokenLength = 32;

    /// <summary>
    /// Adds an invitation; the caller saves it. An earlier one of the same address is replaced: its link opens nothing any more.
    /// </summary>
    public static async Task<NewInvitation> AddAsync(
        ConnectDbContext context, Guid organizationId, string email, OrganizationRole role, Guid? invitedBy, DateTimeOffset now,
        TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(email);
        var (token, normalized) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenLength)), Normalize(email));
        await RemoveAsync(
            context, context.Invitations.Where(i => i.OrganizationId == organizationId && i.NormalizedEmail == normalized), cancellationToken)
            .ConfigureAwait(false);
        var invitation = new Invitation
        {
            OrganizationId = organizationId,
            Email = email,
            NormalizedEmail = normalized,
            Role = role,
            TokenHash = HashOf(token),
            InvitedBy = invitedBy,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        context.Invitations.Add(invitation);
        return new NewInvitation(invitation, token);
    }

    /// <summary>Removes invitations at once, with their mails that still wait.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> RemoveAsync(ConnectDbContext context, IQueryable<Invitation> invitations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var ids = await invitations.Select(i => i.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (ids.Count == 0)
        {
            return 0;
        }

        var keys = ids.ConvertAll(InvitationMails.KeyOf);
        await context.Mails.Where(m => keys.Contains(m.Key) && m.Status == MailStatus.Pending).ExecuteDeleteAsync(cancellationToken)
            .ConfigureAwait(false);
        return await context.Invitations.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The stored hash of a link's token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>An address as Identity compares it: upper case, composed (NFC), the domain in ASCII.</summary>
    public static string Normalize(string email) => MailAddresses.WithAsciiDomain(MailAddresses.Compose(email)).ToUpperInvariant();
}
