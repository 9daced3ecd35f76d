namespace Connect.ScraperWorker.Scheduling;

/// <summary>The schedule of runs.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Schedule";

    /// <summary>
    /// Quartz cron expressions in Asia/Seoul. Default, where none is configured: 09:00 and 15:00, and from January
    /// to March, when most programs are announced, also 12:00 and 18:00.
    /// </summary>
    public IList<string> Crons { get; } = [];

    /// <summary>The expressions in force.</summary>
    public IEnumerable<string> EffectiveCrons => Crons.Count > 0 ? Crons : ["0 0 9,15 * * ?", "0 0 12,18 ? 1-3 *"];
}
