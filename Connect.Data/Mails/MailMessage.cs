using Connect.Data.Mails.Templates;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Mails;

/// <summary>A mail to be written.</summary>
/// <param name="Key">
/// Names the occasion, such as <c>invitation:ID:1</c>: a second mail with the same key is not written. Holds ids, never an address.
/// </param>
/// <param name="Recipient">The recipient's mail address.</param>
/// <param name="Language">The language that it is written in.</param>
/// <param name="Content">What it says.</param>
/// <param name="ExpiresAt">When its links expire: it is not sent later.</param>
public sealed record MailMessage(
    string Key, string Recipient, ExplanationLanguage Language, MailContent Content, DateTimeOffset ExpiresAt)
{
    /// <summary>The user that it is about, whose deletion removes it; null for an address without an account.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The organization that it is about, whose deletion removes it; null for none.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>The key, without the recipient.</summary>
    public override string ToString() => Key;
}
