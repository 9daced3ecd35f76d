using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>The networks that may read a service's metrics, and their address.</summary>
internal sealed class MetricsOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Metrics";

    // Length of the column in cache_instances.
    private const int MaxAddressLength = 200;

    private static readonly string[] ThisMachine = ["127.0.0.0/8", "::1/128"];

    /// <summary>Networks (<c>10.0.0.0/8</c>) that may read <c>/metrics</c>; for others it is 404. Default: this machine.</summary>
    [MaxLength(64)]
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>
    /// Host and port at which monitoring reaches this process, such as <c>api-1.internal:8080</c>. Default: the first
    /// http address that it listens on.
    /// </summary>
    [MaxLength(MaxAddressLength)]
    public string? Address { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in AllowedNetworks.Where(network => !System.Net.IPNetwork.TryParse(network, out _)))
        {
            yield return new ValidationResult($"{nameof(AllowedNetworks)}: '{network}' is no network such as 10.0.0.0/8.");
        }

        if (Address is not null && !IsHostAndPort(Address))
        {
            yield return new ValidationResult($"{nameof(Address)}: '{Address}' is no host and port such as api-1.internal:8080.");
        }
    }

    /// <summary>The networks.</summary>
    internal System.Net.IPNetwork[] ParseNetworks() =>
        [.. (AllowedNetworks.Count > 0 ? AllowedNetworks : ThisMachine).Select(network => System.Net.IPNetwork.Parse(network))];

    // A host with an IPv6 address is in brackets.
    private static bool IsHostAndPort(string text) =>
        text.LastIndexOf(':') is > 0 and var colon
        && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
        && Uri.CheckHostName(text[..colon].Trim('[', ']')) != UriHostNameType.Unknown
        && (text[0] == '[') == (Uri.CheckHostName(text[..colon].Trim('[', ']')) == UriHostNameType.IPv6);
}

[OptionsValidator]
internal sealed partial class MetricsOptionsValidator : IValidateOptions<MetricsOptions>;
