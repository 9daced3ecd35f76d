using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>Retention of records.</summary>
internal sealed class HousekeepingOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Housekeeping";

    /// <summary>Retention of the audit trail of administrators' requests. 1 d to 3650 d; default 731 d, two years with a leap day.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(731);

    /// <summary>Retention of sessions after they ended or expired. 1 d to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan SessionRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Retention of API keys after they were revoked or expired. 1 d to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan KeyRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Retention of the eviction log and of the cache's statistics by the minute. 1 h to 365 d; default 7 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan HistoryRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Retention of mails that were sent or given up, without address and text. 1 d to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan MailRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Retention of the pages of suspicious runs, but for each board's last one, which stays. 1 d to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan PageRetention { get; set; } = TimeSpan.FromDays(30);
}

[OptionsValidator]
internal sealed partial class HousekeepingOptionsValidator : IValidateOptions<HousekeepingOptions>;
