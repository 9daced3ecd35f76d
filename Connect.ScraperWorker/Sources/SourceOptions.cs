using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Sources;

/// <summary>One board, configured under <c>Sources:{agency}</c>, for example <c>Sources:NTIS</c>.</summary>
internal sealed class SourceOptions
{
    /// <summary>The configuration section that holds one section per agency.</summary>
    public const string SectionName = "Sources";

    /// <summary>Whether the board is read at all; default no.</summary>
    public bool Enabled { get; set; }

    /// <summary>Scheme and host, for example <c>https://www.ntis.go.kr</c> or <c>https+http://agency-simulator</c>.</summary>
    [Required]
    public Uri? BaseAddress { get; set; }

    /// <summary>Scheme and host written into stored addresses, where people reach the board elsewhere than the worker does.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Path and query of the first list page.</summary>
    [Required]
    [RegularExpression("^/.*")]
    public string ListPath { get; set; } = string.Empty;

    /// <summary>List pages read in one walk, 1 to 100,000; default 10.</summary>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 10;

    /// <summary>
    /// Open calls that the list no longer shows and that are looked for at their own addresses in one run, those first that
    /// were not looked for the longest; 0 to 10,000, default 20. Each is a request.
    /// </summary>
    [Range(0, 10_000)]
    public int MaxLooks { get; set; } = 20;

    /// <summary>Longest walk.</summary>
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Hosts that links and redirects may lead to, beside the host of <see cref="BaseAddress"/>.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Requests a minute, retries included, 1 to 60,000; default 10.</summary>
    [Range(1, 60_000)]
    public int RequestsPerMinute { get; set; } = 10;

    /// <summary>Longest wait for one page, 100 ms to 5 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first one failed, 1 to 5; default 2.</summary>
    [Range(1, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Wait before the first retry, doubled with each further one, 1 ms to 1 min; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class SourceOptionsValidator : IValidateOptions<SourceOptions>;
