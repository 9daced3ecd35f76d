namespace Connect.Data.Model;

/// <summary>When a bucket will be full again.</summary>
public sealed class ExplanationAllowanceRow
{
    /// <summary><c>user:</c> and an id, or <c>address:</c> and an IP address.</summary>
    public required string Key { get; set; }

    /// <summary>By the database's clock; a past moment is a full bucket.</summary>
    public DateTimeOffset FullAt { get; set; }
}
