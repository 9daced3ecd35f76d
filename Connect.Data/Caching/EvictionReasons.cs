namespace Connect.Data.Caching;

/// <summary>Reasons of evictions: a dimension of metrics, and a column of a tag's row.</summary>
public static class EvictionReasons
{
    /// <summary>An organization, user or key was created, changed or deleted: the cache's reason for tags that entities declare.</summary>
    public const string Changed = "changed";

    /// <summary>A run changed an open program.</summary>
    public const string Scrape = "scrape";

    /// <summary>Newer rules classified programs again.</summary>
    public const string Reclassified = "reclassified";

    /// <summary>An administrator set fields of a program by hand.</summary>
    public const string Corrected = "corrected";

    /// <summary>A member dismissed a match, or took that back.</summary>
    public const string Dismissed = "dismissed";

    /// <summary>Programs have passed their deadline, or that of a round.</summary>
    public const string Expired = "expired";

    /// <summary>The evictions that code makes, by family of tags; administrators may evict any tag.</summary>
    internal static (string Family, string Reason)[] Known { get; } =
    [
        ("org", Changed),
        ("user", Changed),
        ("key", Changed),
        ("marks", Changed),
        ("marks", Dismissed),
        .. from tag in (string[])[ConnectTags.Programs, ConnectTags.ProgramLists, ConnectTags.Matches]
           from reason in (string[])[Scrape, Reclassified, Corrected, Expired]
           select (tag, reason),
    ];
}
