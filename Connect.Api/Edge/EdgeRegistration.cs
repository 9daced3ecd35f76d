using System.Net;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Edge;

/// <summary>Adds proxies, TLS, CORS, body limits and time-outs, before endpoints.</summary>
internal static class EdgeRegistration
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PATCH", "DELETE"];

    // Probes and monitoring use the internal network, without TLS.
    private static readonly string[] Probes = ["/health", "/alive", "/metrics", "/metrics/targets"];

    public static void AddEdge(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<EdgeOptions, EdgeOptionsValidator>().BindConfiguration(EdgeOptions.SectionName);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>, IConfiguration>(
            static (forwarded, edge, configuration) => Trust(forwarded, edge.Value, configuration["AllowedHosts"]));
        services.AddOptions<KestrelServerOptions>().Configure(Limit);
        services.AddOptions<HttpsRedirectionOptions>().Configure<IOptions<EdgeOptions>>(static (https, edge) =>
            (https.HttpsPort, https.RedirectStatusCode) = (edge.Value.HttpsPort, StatusCodes.Status308PermanentRedirect));
        services.AddOptions<HstsOptions>().Configure<IOptions<EdgeOptions>>(static (hsts, edge) =>
            (hsts.MaxAge, hsts.IncludeSubDomains, hsts.Preload) =
                (edge.Value.HstsMaxAge, edge.Value.HstsIncludeSubDomains, edge.Value.HstsPreload));
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<EdgeOptions>>(static (cors, edge) => cors.AddDefaultPolicy(policy => Allow(policy, edge.Value)));
        services.AddTimeouts();
        services.AddSecurityHeaders();
    }

    /// <summary>Adds the middleware that runs before error handling.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        if (!app.Environment.IsDevelopment() && OptionsOf(app).RequireHttps)
        {
            if (OptionsOf(app).Hsts)
            {
                app.UseHsts();
            }

            app.UseWhen(
                context => !Probes.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase),
                branch => branch.UseHttpsRedirection());
        }
    }

    /// <summary>Answers CORS preflights, if other origins are configured.</summary>
    public static void UseConfiguredCors(this WebApplication app)
    {
        if (OptionsOf(app).CorsOrigins.Count > 0)
        {
            app.UseCors();
        }
    }

    private static EdgeOptions OptionsOf(WebApplication app) => app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value;

    private static void Trust(ForwardedHeadersOptions forwarded, EdgeOptions edge, string? allowedHosts)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.ForwardLimit = edge.ProxyCount;

        // The framework's filter of hosts has run before, on the host of the proxy's own request.
        forwarded.AllowedHosts = [.. (allowedHosts ?? "*").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        foreach (var proxy in edge.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit.MostRead;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
    }

    // No credentials: tokens are sent in a header, and there are no cookies.
    private static void Allow(CorsPolicyBuilder policy, EdgeOptions edge) => policy
        .WithOrigins([.. edge.CorsOrigins])
        .WithMethods(Methods)
        .WithHeaders(
            HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.AcceptLanguage,
            "Idempotency-Key", HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage)
        .WithExposedHeaders(
            HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, RequestTracing.CacheHeader, RequestTracing.TimingHeader,
            "Idempotency-Replayed", "X-Confirmation-Mail")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
