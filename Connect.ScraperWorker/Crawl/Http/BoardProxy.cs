using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The proxy that an operator has to use. No board goes around it, and proxies of the environment are ignored.</summary>
internal static class BoardProxy
{
    /// <summary>The proxy of all boards; null where none is configured.</summary>
    public static WebProxy? Create(CrawlerOptions options) => options.Proxy is not { } address ? null : new(address)
    {
        BypassProxyOnLocal = false,
        Credentials = string.IsNullOrEmpty(options.ProxyUser) ? null : new NetworkCredential(options.ProxyUser, options.ProxyPassword),
    };
}

/// <summary>An absolute http(s) address without path and credentials, so that it can be logged.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProxyAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is null
        || (value is Uri { IsAbsoluteUri: true, UserInfo.Length: 0, PathAndQuery: "/", Fragment.Length: 0 } address && address.Scheme is "http" or "https");

    public override string FormatErrorMessage(string name) =>
        $"{name} must be an absolute http(s) address without path and credentials; those are ProxyUser and ProxyPassword.";
}

/// <summary>Says at start what a proxy changes.</summary>
internal sealed partial class ProxyWarning(IOptions<CrawlerOptions> options, ILogger<ProxyWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Proxy is { } address)
        {
            Log.Used(logger, address.GetLeftPart(UriPartial.Authority));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Boards are read through the proxy {Proxy}: it resolves their names, so it has to refuse addresses that are not public")]
        public static partial void Used(ILogger logger, string proxy);
    }
}
