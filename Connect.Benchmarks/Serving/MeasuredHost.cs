using Connect.Api;
using Connect.Caching;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// The API in this process, with its own entry point, pipeline and Kestrel. A benchmark may replace services for a
/// comparison. Without replacements it equals the process of <see cref="ApiProcess"/>.
/// </summary>
internal sealed class MeasuredHost(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? replace = null)
    : WebApplicationFactory<ApiMarker>
{
    // Longer than any run, because signing in is not measured.
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// Begins to listen, on the address that the settings name, and waits until its generations are verified.
    /// </summary>
    public async Task ListenAsync()
    {
        UseKestrel();
        StartServer();
        await Services.GetRequiredService<CacheState>().FirstSync;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name.Replace("__", ":", StringComparison.Ordinal), value);
        }

        // By default it searches for the solution's folder, which does not exist beside published binaries.
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true));
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigureAll<BearerTokenOptions>(static options =>
            {
                // Tokens use the real clock, even if a benchmark moves the cache's.
                options.TimeProvider = TimeProvider.System;
                options.BearerTokenExpiration = TokenLifetime;
            });
            replace?.Invoke(services);
        });
    }
}
