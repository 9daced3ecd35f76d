using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Instances;

/// <summary>How instances announce themselves in the database.</summary>
public sealed class InstanceOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "CacheInstances";

    /// <summary>Time between two flushes of totals and activity. 100 ms to 1 min; default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an instance counts as live after a flush. 1 s to 10 min, longer than the interval; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LiveWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the row of a dead instance is kept. 1 min to 30 d; default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Most organizations whose activity is kept while it cannot be flushed. Default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxActivities { get; set; } = 50_000;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LiveWithin <= FlushInterval)
        {
            yield return new ValidationResult("An instance would count as dead between two flushes.", [nameof(LiveWithin)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class InstanceOptionsValidator : IValidateOptions<InstanceOptions>;
