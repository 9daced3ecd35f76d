using System.Diagnostics;

namespace Connect.Core.Diagnostics;

/// <summary>Names of Connect's own telemetry, in one place.</summary>
public static class ConnectTelemetry
{
    /// <summary>Meter of the cache.</summary>
    public const string CacheMeter = "Connect.Cache";

    /// <summary>Meter of the scraper.</summary>
    public const string ScraperMeter = "Connect.Scraper";

    /// <summary>Meter of explanations.</summary>
    public const string ExplanationsMeter = "Connect.Explanations";

    /// <summary>Meter of administration.</summary>
    public const string AdministrationMeter = "Connect.Administration";

    /// <summary>Source of the spans around factories, matching and runs.</summary>
    public const string SourceName = "Connect";

    /// <summary>The source itself.</summary>
    public static ActivitySource Source { get; } = new(SourceName);
}
