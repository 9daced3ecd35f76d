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
/// The API in this process: its own entry point, its own pipeline and Kestrel, with services replaced where a benchmark
/// compares. Without replacements it is what <see cref="ApiProcess"/> starts, in reach of the driver.
/// </summary>
internal sealed class MeasuredHost(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? replace = null)
    : WebApplicationFactory<ApiMarker>
{
    // Longer than any run: signing in is not what is measured.
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>Begins to listen, on the address that the settings name, and waits until its generations are verified.</summary>
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

        // Else it looks for the solution's folder, which is not there where only the binaries are.
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true));
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigureAll<BearerTokenOptions>(static options =>
            {
                // Where a benchmark moves the clock, tokens go by the real one.
                options.TimeProvider = TimeProvider.System;
                options.BearerTokenExpiration = TokenLifetime;
            });
            replace?.Invoke(services);
        });
    }
}
