using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>How long records of the past are kept.</summary>
internal sealed class HousekeepingOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Housekeeping";

    /// <summary>How long the audit trail of administrators' calls goes back. 1 d to 3650 d; default 365 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long the log of evictions and the cache's minutes go back. 1 h to 365 d; default 7 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan HistoryRetention { get; set; } = TimeSpan.FromDays(7);
}

[OptionsValidator]
internal sealed partial class HousekeepingOptionsValidator : IValidateOptions<HousekeepingOptions>;
