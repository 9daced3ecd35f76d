namespace Connect.Data.Caching;

/// <summary>The tags of Connect's cached values.</summary>
public static class ConnectTags
{
    /// <summary>Everything computed from the set of programs that rankings may contain.</summary>
    public const string Programs = "programs";

    /// <summary>Lists of all programs, also of those that no ranking contains.</summary>
    public const string ProgramLists = "program-lists";

    /// <summary>Every organization's matches.</summary>
    public const string Matches = "matches";

    /// <summary>Everything computed from one organization's data.</summary>
    public static string Organization(Guid organizationId) => $"{OrganizationPrefix}{organizationId}";

    /// <summary>Which programs one organization has dismissed.</summary>
    public static string Marks(Guid organizationId) => $"marks:{organizationId}";

    /// <summary>What one user may do.</summary>
    public static string User(Guid userId) => $"{UserPrefix}{userId}";

    /// <summary>What one key opens.</summary>
    public static string Key(Guid keyId) => $"{KeyPrefix}{keyId}";

    internal const string OrganizationPrefix = "org:";
    internal const string UserPrefix = "user:";
    internal const string KeyPrefix = "key:";
}
