namespace Connect.Data.Model;

/// <summary>
/// A mail of the outbox: written in the transaction of the change that it tells of, sent by the worker. Address and text are removed
/// once it was sent or given up; the row stays for a while, so that its key is not used twice.
/// </summary>
public sealed class Mail
{
    public const int MaxKeyLength = 200;
    public const int MaxTemplateLength = 32;
    public const int MaxSubjectLength = 200;
    public const int MaxErrorLength = 200;
    public const int MaxAddressLength = 254;

    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Names the occasion: a second mail with the same key is not written. Holds ids, never an address.</summary>
    public required string Key { get; set; }

    /// <summary>The template that it was made from, for reports.</summary>
    public required string Template { get; set; }

    /// <summary>The user that it is about, whose deletion removes it; null for an address without an account.</summary>
    public Guid? UserId { get; set; }

    /// <summary>The organization that it is about, whose deletion removes it; null for none.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>The recipient; null once it was sent or given up, as are subject and texts.</summary>
    public string? Recipient { get; set; }

    public string? Subject { get; set; }

    /// <summary>The body as plain text.</summary>
    public string? Text { get; set; }

    /// <summary>The body as HTML.</summary>
    public string? Html { get; set; }

    public MailStatus Status { get; set; }

    /// <summary>How often sending was tried.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it may be tried next. While a worker sends it, the end of that worker's lease.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>When its links expire: it is given up then.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was sent or given up; null while it waits.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Why the last try failed: a status code or kind of failure, never an address.</summary>
    public string? LastError { get; set; }
}

/// <summary>State of a mail.</summary>
public enum MailStatus
{
    /// <summary>It waits for its first or next try.</summary>
    Pending,

    /// <summary>A server confirmed that it has it.</summary>
    Sent,

    /// <summary>A server refused it for good, or its links expired first.</summary>
    GivenUp,
}
