namespace Connect.Data.Model;

/// <summary>
/// When an organization's matches were read last. A table of its own: it changes every few seconds, and a read must not
/// change the organization's row version.
/// </summary>
public sealed class OrganizationActivity
{
    public Guid OrganizationId { get; set; }

    /// <summary>By the database's clock, to within the flush interval.</summary>
    public DateTimeOffset LastActiveAt { get; set; }
}
