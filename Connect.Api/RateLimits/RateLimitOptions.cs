using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Api.RateLimits;

/// <summary>
/// Rate limits, counted by each replica for itself. Explanations cost money, and are also counted over all instances
/// (<c>Explanations:UserCallsPerHour</c>).
/// </summary>
internal sealed class RateLimitOptions
{
    public const string SectionName = "RateLimits";

    /// <summary>Whether requests are limited at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All requests of one user, or of one address without a user. Default 600 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Caller { get; set; } = new() { Permits = 600, Period = TimeSpan.FromMinutes(1) };

    /// <summary>All requests of one program's key. Default 600 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Key { get; set; } = new() { Permits = 600, Period = TimeSpan.FromMinutes(1) };

    /// <summary>All requests of one address, over all its users. Default 3,000 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Address { get; set; } = new() { Permits = 3_000, Period = TimeSpan.FromMinutes(1) };

    /// <summary>Rankings of one user. Default 120 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Generation { get; set; } = new() { Permits = 120, Period = TimeSpan.FromMinutes(1) };

    /// <summary>Explanations of one user, cached ones included. Default 60 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Explanation { get; set; } = new() { Permits = 60, Period = TimeSpan.FromMinutes(1) };

    /// <summary>Sign-ins and other requests with a secret, of one address. Default 20 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Login { get; set; } = new() { Permits = 20, Period = TimeSpan.FromMinutes(1) };

    /// <summary>Registrations of one address. Default 10 an hour.</summary>
    [ValidateObjectMembers]
    public RateLimit Registration { get; set; } = new() { Permits = 10, Period = TimeSpan.FromHours(1) };

    /// <summary>Exported tables of one user: each may be the whole list. Default 20 a minute.</summary>
    [ValidateObjectMembers]
    public RateLimit Export { get; set; } = new() { Permits = 20, Period = TimeSpan.FromMinutes(1) };

    /// <summary>Invitations of one user: each is a mail to somebody. Default 10 an hour.</summary>
    [ValidateObjectMembers]
    public RateLimit Invitation { get; set; } = new() { Permits = 10, Period = TimeSpan.FromHours(1) };
}

/// <summary>A token bucket: full at first, and refilled evenly over the period.</summary>
internal sealed class RateLimit
{
    /// <summary>Requests at once, and in a period.</summary>
    [Range(1, 1_000_000)]
    public int Permits { get; set; } = 1;

    /// <summary>The time in which an empty bucket is full again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
