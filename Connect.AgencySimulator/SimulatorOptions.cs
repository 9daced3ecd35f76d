using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator;

/// <summary>The content of the boards; section <c>Simulator</c>.</summary>
internal sealed class SimulatorOptions
{
    public const string SectionName = "Simulator";

    /// <summary>The same seed on the same day gives the same announcements; default 20251011.</summary>
    public int Seed { get; set; } = 20_251_011;

    /// <summary>Announcements on all boards together at the start, 60 to 100,000; default 140.</summary>
    [Range(60, 100_000)]
    public int Announcements { get; set; } = 140;

    /// <summary>The delay of an answer with the fault "slow", 0 to 5 min; default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan SlowBy { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The text of <c>/robots.txt</c>; null, the default, allows everything but the control API.</summary>
    public string? Robots { get; set; }
}

[OptionsValidator]
internal sealed partial class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>;
