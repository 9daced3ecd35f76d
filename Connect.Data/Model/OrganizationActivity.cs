namespace Connect.Data.Model;

/// <summary>
/// When an organization's matches were read last. A table of its own: it changes every few seconds, an organization
/// hardly ever, and its row version must not move because somebody looked.
/// </summary>
public sealed class OrganizationActivity
{
    public Guid OrganizationId { get; set; }

    /// <summary>By the database's clock, to within the flush interval.</summary>
    public DateTimeOffset LastActiveAt { get; set; }
}
