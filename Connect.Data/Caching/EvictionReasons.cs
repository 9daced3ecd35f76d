using Connect.Caching.Layers;

namespace Connect.Data.Caching;

/// <summary>Why tags are evicted: a dimension of metrics, and what the row of a tag says.</summary>
public static class EvictionReasons
{
    /// <summary>An organization is new.</summary>
    public const string OrganizationCreated = "organization-created";

    /// <summary>An organization's profile or members changed.</summary>
    public const string ProfileChanged = "profile-changed";

    /// <summary>An organization is gone.</summary>
    public const string OrganizationDeleted = "organization-deleted";

    /// <summary>A scrape touched an open call.</summary>
    public const string Scrape = "scrape";

    /// <summary>Newer rules classified calls anew.</summary>
    public const string Reclassified = "reclassified";

    /// <summary>The deadline of calls has passed.</summary>
    public const string Expired = "expired";

    /// <summary>What product code evicts, by family of tags; administrators may evict anything.</summary>
    internal static IEnumerable<(string Family, string Reason)> Known { get; } =
    [
        .. from reason in (string[])[OrganizationCreated, ProfileChanged, OrganizationDeleted, CacheEvictionReasons.Requested] select ("org", reason),
        .. from tag in (string[])[ConnectTags.Programs, ConnectTags.Matches]
           from reason in (string[])[Scrape, Reclassified, Expired, CacheEvictionReasons.Requested]
           select (tag, reason),
    ];
}
