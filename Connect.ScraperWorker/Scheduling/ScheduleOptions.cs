using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>When boards are read by themselves.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Schedule";

    /// <summary>
    /// Quartz cron expressions in Asia/Seoul. Default, where none is configured: 09:00 and 15:00, and from January
    /// to March, when most calls are announced, also 12:00 and 18:00.
    /// </summary>
    public IList<string> Crons { get; } = [];

    /// <summary>Whether a worker that finds no announcements at start reads all boards. Default true.</summary>
    public bool ScrapeWhenEmpty { get; set; } = true;

    /// <summary>How often the queue is looked at. 50 ms to 1 min; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan QueuePollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How often a run is taken up again after its worker died, before it counts as failed: 1 to 1,000; default 10. A page
    /// that costs a worker its life would otherwise cost one after the other.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>The expressions in force.</summary>
    public IEnumerable<string> EffectiveCrons => Crons.Count > 0 ? Crons : ["0 0 9,15 * * ?", "0 0 12,18 ? 1-3 *"];
}

[OptionsValidator]
internal sealed partial class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>;
