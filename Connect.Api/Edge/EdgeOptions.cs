using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Connect.Api.Edge;

/// <summary>Proxies, TLS, CORS, and limits of requests.</summary>
internal sealed class EdgeOptions : IValidatableObject
{
    public const string SectionName = "Edge";

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and
    /// <c>X-Forwarded-Host</c> are trusted, besides those on this machine. From other addresses these headers are ignored.
    /// </summary>
    [MaxLength(64)]
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Number of proxies in a row in front of the API. 1 to 10; default 1.</summary>
    [Range(1, 10)]
    public int ProxyCount { get; set; } = 1;

    /// <summary>Origins whose pages may call the API, such as <c>https://app.example.com</c>. Default: none.</summary>
    [MaxLength(64)]
    public IList<string> CorsOrigins { get; } = [];

    /// <summary>Most bytes of a request's body. 1 KiB to 10 MiB; default 256 KiB, several times the largest profile.</summary>
    [Range(1024, 10 * 1024 * 1024)]
    public int MaxRequestBodyBytes { get; set; } = 256 * 1024;

    /// <summary>Longest time for an exported table: then its connection is ended. 1 s to 1 h; default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ExportTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time for an answer, explanations and exports apart. 1 s to 5 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether http is redirected to https, outside Development. Default true; false only without a network between.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>The port that http is redirected to, outside Development. Default 443.</summary>
    [Range(1, 65_535)]
    public int HttpsPort { get; set; } = 443;

    /// <summary>Whether browsers are told to use https alone (<c>Strict-Transport-Security</c>), where <see cref="RequireHttps"/> holds. Default true.</summary>
    public bool Hsts { get; set; } = true;

    /// <summary>How long browsers remember that. 0, which makes them forget it, to 730 days; default 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "730.00:00:00")]
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Whether it holds for all hosts below this one too. Default true.</summary>
    public bool HstsIncludeSubDomains { get; set; } = true;

    /// <summary>
    /// Whether browsers may have it built in. Default false: leaving their list takes months. Needs <see cref="HstsIncludeSubDomains"/>
    /// and a year (https://hstspreload.org).
    /// </summary>
    public bool HstsPreload { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !System.Net.IPNetwork.TryParse(proxy, out _)))
        {
            yield return new ValidationResult($"{nameof(TrustedProxies)}: '{proxy}' is neither an address nor a network.");
        }

        if (HstsPreload && !(Hsts && HstsIncludeSubDomains && HstsMaxAge >= TimeSpan.FromDays(365)))
        {
            yield return new ValidationResult(
                $"{nameof(HstsPreload)} needs {nameof(Hsts)}, {nameof(HstsIncludeSubDomains)} and a {nameof(HstsMaxAge)} of at least 365 days.");
        }

        // A wildcard would allow every origin, and an origin with a path never matches.
        foreach (var origin in CorsOrigins.Where(origin => !IsOrigin(origin)))
        {
            yield return new ValidationResult($"{nameof(CorsOrigins)}: '{origin}' is not an origin such as https://app.example.com.");
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && text == uri.GetLeftPart(UriPartial.Authority) && !text.Contains('*', StringComparison.Ordinal);
}

[OptionsValidator]
internal sealed partial class EdgeOptionsValidator : IValidateOptions<EdgeOptions>;
