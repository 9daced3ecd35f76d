namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>How a <c>DbContext</c> is connected to PostgreSQL.</summary>
public sealed class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>The connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether a command that failed for a passing reason is not tried again. Default: false.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Whether there is no health check for the database. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands are not traced. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether connections are not measured. Default: false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Seconds that a command may take; none: the driver's default.</summary>
    public int? CommandTimeout { get; set; }
}
