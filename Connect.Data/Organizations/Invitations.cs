using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>Makes invitations. A link's token has 256 random bits; only its hash is stored, so that no copy of the database opens anything.</summary>
public static class Invitations
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int TokenLength = 32;

    /// <summary>
    /// Adds an invitation; the caller saves it, with the organization locked. An earlier one of the same address is replaced: its link opens
    /// nothing any more.
    /// </summary>
    public static async Task<NewInvitation> AddAsync(
        ConnectDbContext context, Guid organizationId, string email, OrganizationRole role, Guid? invitedBy, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(email);
        var (token, normalized) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenLength)), Normalize(email));
        await context.Invitations.Where(i => i.OrganizationId == organizationId && i.NormalizedEmail == normalized)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var invitation = new Invitation
        {
            OrganizationId = organizationId,
            Email = email,
            NormalizedEmail = normalized,
            Role = role,
            TokenHash = HashOf(token),
            InvitedBy = invitedBy,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
        context.Invitations.Add(invitation);
        return new NewInvitation(invitation, token);
    }

    /// <summary>The stored hash of a link's token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>An address as Identity compares it.</summary>
    public static string Normalize(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return email.Normalize().ToUpperInvariant();
    }
}
