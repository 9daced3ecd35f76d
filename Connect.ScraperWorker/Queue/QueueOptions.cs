using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Queue;

/// <summary>Settings of the queue of runs, in the same section as the schedule.</summary>
internal sealed class QueueOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Schedule";

    /// <summary>Whether an instance that finds no programs at its start queues a run of every board. Default true.</summary>
    public bool ScrapeWhenEmpty { get; set; } = true;

    /// <summary>Time between two polls of the queue. 50 ms to 1 min; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan QueuePollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Attempts before a run counts as failed: 1 to 1,000; default 10. A page that ends the process which reads it
    /// would otherwise end one instance after the other.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class QueueOptionsValidator : IValidateOptions<QueueOptions>;
