namespace Aspire.StackExchange.Redis;

/// <summary>How the application is connected to Redis.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether there is no health check for the server. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands are not traced. This engine does not trace them in either case. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether the connection is only made on first use. Default: true.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
