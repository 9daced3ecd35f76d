using Connect.Data.Mails;
using Connect.Data.Mails.Templates;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Organizations;

/// <summary>The mails that bring invitations.</summary>
public sealed class InvitationMails(MailOutbox outbox, MailAvailability availability)
{
    // After the number sign: browsers do not send it, so no log of a server has the token.
    private const string Link = "invitations/accept#token=";

    /// <summary>Whether they are sent: without a mail server nobody would receive an invitation.</summary>
    public bool AreSent => availability.IsConfigured;

    /// <summary>The key of an invitation's mail.</summary>
    public static string KeyOf(Guid invitationId) => $"invitation:{invitationId}";

    /// <summary>Writes the mail of an invitation in the context's transaction.</summary>
    /// <returns>Whether it was written; see <see cref="MailOutbox.AddAsync"/>.</returns>
    public async Task<bool> AddAsync(
        ConnectDbContext context, NewInvitation made, string organizationName, ExplanationLanguage language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (!AreSent)
        {
            return false;
        }

        var invitation = made.Invitation;
        var content = new InvitationMail(availability.LinkTo(Link + made.Token), organizationName, invitation.Role);
        var message = new MailMessage(KeyOf(invitation.Id), invitation.Email, language, content, invitation.ExpiresAt)
        {
            OrganizationId = invitation.OrganizationId,
        };
        return await outbox.AddAsync(context, message, cancellationToken).ConfigureAwait(false);
    }
}
