using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker.Warming;

/// <summary>Settings of warming.</summary>
internal sealed class WarmingOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Warming";

    /// <summary>Whether this instance warms. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Organizations whose matches were read within this time are warmed. 1 h to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan ActiveWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Most organizations, the latest active first. 1 to 1,000,000; default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxOrganizations { get; set; } = 10_000;

    /// <summary>Profiles loaded by one query. 1 to 5,000; default 200.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>Rankings computed at a time. 1 to 64; default 2.</summary>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 2;

    /// <summary>Longest time of a warming. 1 s to 6 h; default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time that a warming waits for requests of the same. 0 to 10 min; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Debounce { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for runs under way, which may evict again. 0 to 1 h; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two polls of the queue. 50 ms to 1 min; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after a failure until a warming is taken up again. 0 to 1 h; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts before it counts as failed. 1 to 100; default 5.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Time between two reports of progress. 100 ms to 10 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When the next day's rankings are computed: a Quartz cron expression in Asia/Seoul. Default 23:30.</summary>
    [Required]
    public string NextDayCron { get; set; } = "0 30 23 * * ?";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsCron(NextDayCron))
        {
            yield return new ValidationResult("Not a cron expression of Quartz.", [nameof(NextDayCron)]);
        }
    }

    private static bool IsCron(string expression)
    {
        try
        {
            _ = new CronExpression(expression);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

[OptionsValidator]
internal sealed partial class WarmingOptionsValidator : IValidateOptions<WarmingOptions>;
