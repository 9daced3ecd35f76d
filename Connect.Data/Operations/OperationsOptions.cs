using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Operations;

/// <summary>Settings of the operations page.</summary>
public sealed class OperationsOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Operations";

    /// <summary>Time between two reads of the database while the page is open. 250 ms to 1 min; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class OperationsOptionsValidator : IValidateOptions<OperationsOptions>;
