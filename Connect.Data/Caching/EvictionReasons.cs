namespace Connect.Data.Caching;

/// <summary>Reasons of evictions: a dimension of metrics, and a column of a tag's row.</summary>
public static class EvictionReasons
{
    /// <summary>An organization is new.</summary>
    public const string OrganizationCreated = "organization-created";

    /// <summary>An organization's profile or members changed.</summary>
    public const string ProfileChanged = "profile-changed";

    /// <summary>An organization is gone.</summary>
    public const string OrganizationDeleted = "organization-deleted";

    /// <summary>A run changed an open program.</summary>
    public const string Scrape = "scrape";

    /// <summary>Newer rules classified programs again.</summary>
    public const string Reclassified = "reclassified";

    /// <summary>Programs have passed their deadline.</summary>
    public const string Expired = "expired";

    /// <summary>The evictions that code makes, by family of tags; administrators may evict any tag.</summary>
    internal static (string Family, string Reason)[] Known { get; } =
    [
        .. from reason in (string[])[OrganizationCreated, ProfileChanged, OrganizationDeleted] select ("org", reason),
        .. from tag in (string[])[ConnectTags.Programs, ConnectTags.Matches]
           from reason in (string[])[Scrape, Reclassified, Expired]
           select (tag, reason),
    ];
}
