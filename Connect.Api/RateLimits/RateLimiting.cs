using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Connect.Api.RateLimits;

/// <summary>Limits requests per user and per address; over the limit the answer is 429 with <c>Retry-After</c>.</summary>
internal static class RateLimiting
{
    /// <summary>The policy of rankings.</summary>
    public const string Generation = "generation";

    /// <summary>The policy of explanations.</summary>
    public const string Explanation = "explanation";

    /// <summary>The policy of requests with a secret.</summary>
    public const string Login = "login";

    /// <summary>The policy of registrations.</summary>
    public const string Registration = "registration";

    /// <summary>The policy of invitations.</summary>
    public const string Invitation = "invitation";

    /// <summary>The policy of exported tables.</summary>
    public const string Export = "export";

    // Providers assign at least a /64 of IPv6 to a customer.
    private const int NetworkBytes = 8;

    public static void AddRateLimiting(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions, RateLimitOptionsValidator>().BindConfiguration(RateLimitOptions.SectionName);
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(static (limiter, options) => Configure(limiter, options.Value));
    }

    private static void Configure(RateLimiterOptions limiter, RateLimitOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = static (context, cancellationToken) => new ValueTask(RejectAsync(context));
        AddPolicy(limiter, options, Generation, options.Generation, CallerOf);
        AddPolicy(limiter, options, Explanation, options.Explanation, CallerOf);
        AddPolicy(limiter, options, Login, options.Login, AddressOf);
        AddPolicy(limiter, options, Registration, options.Registration, AddressOf);
        AddPolicy(limiter, options, Invitation, options.Invitation, CallerOf);
        AddPolicy(limiter, options, Export, options.Export, CallerOf);
        if (options.Enabled)
        {
            var (caller, key, address) = (Buckets(options.Caller), Buckets(options.Key), Buckets(options.Address));
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => new(CallerOf(http), IsProgram(http) ? key : caller)),
                PartitionedRateLimiter.Create<HttpContext, string>(http => new(AddressOf(http), address)));
        }
    }

    private static void AddPolicy(
        RateLimiterOptions limiter, RateLimitOptions options, string name, RateLimit limit, Func<HttpContext, string> partition)
    {
        var buckets = Buckets(limit);
        limiter.AddPolicy(name, http => options.Enabled ? new RateLimitPartition<string>(partition(http), buckets) : RateLimitPartition.GetNoLimiter(""));
    }

    // AutoReplenishment is off, because the partitioned limiter replenishes its buckets.
    private static Func<string, RateLimiter> Buckets(RateLimit limit) => _ => new TokenBucketRateLimiter(new()
    {
        TokenLimit = limit.Permits,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = limit.Period / limit.Permits,
        QueueLimit = 0,
        AutoReplenishment = false,
    });

    private static bool IsProgram(HttpContext http) => http.User is CallerPrincipal { KeyId: not null };

    // Ids of users and keys are UUIDs, so they cannot equal an address.
    private static string CallerOf(HttpContext http) => http.User is CallerPrincipal caller ? $"{caller.KeyId ?? caller.Id}" : AddressOf(http);

    /// <summary>The client's address; of IPv6 its /64, because one client has all addresses of it.</summary>
    internal static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "address:",
        { IsIPv4MappedToIPv6: true } mapped => $"address:{mapped.MapToIPv4()}",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } address => $"network:{NetworkOf(address)}",
        var address => $"address:{address}",
    };

    private static IPAddress NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }

    private static Task RejectAsync(OnRejectedContext context) => WriteAsync(
        context.HttpContext, context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));

    private static async Task WriteAsync(HttpContext http, TimeSpan wait)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = RetryAfter(wait);
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = http,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status429TooManyRequests,
                Title = "Too many requests",
                Type = Problems.TypeOf("too-many-requests"),
            },
        });
    }

    /// <summary>Whole seconds, rounded up, at least 1: a request that comes too early would be refused again.</summary>
    internal static string RetryAfter(TimeSpan wait) =>
        ((long)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
}
