using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Operations;

/// <summary>How operators see the running system.</summary>
public sealed class OperationsOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Operations";

    /// <summary>Time between two readings of the database while somebody watches. 250 ms to 1 min; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class OperationsOptionsValidator : IValidateOptions<OperationsOptions>;
