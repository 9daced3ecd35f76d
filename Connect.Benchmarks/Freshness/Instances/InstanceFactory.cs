using Connect.Benchmarks.Freshness.Variants;
using Connect.Testing.Faults;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>A service of Connect with its own entry point and Kestrel, watched and, in a variant, sabotaged.</summary>
internal sealed class InstanceFactory<TMarker>(FreshnessVariant variant, TimeSpan clockShift, string port) : WebApplicationFactory<TMarker>
    where TMarker : class
{
    // Longer than any run, because signing in is not checked.
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Not UseKestrel(port): it sets the address after the entry point has begun to listen, and sometimes comes too late.
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, $"http://127.0.0.1:{port}");

        // By default it searches for the solution's folder, which does not exist beside published binaries.
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");

        // The driver has no certificate, and sends more requests than the limits allow.
        builder.UseSetting("KeyProtection:AllowUnprotected", "true");
        builder.UseSetting("Edge:RequireHttps", "false");
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        }));
        builder.ConfigureTestServices(Configure);
    }

    private void Configure(IServiceCollection services)
    {
        services.AddSingleton<LearnedLog>();
        services.AddSingleton<IStartupFilter, InstanceControl>();
        services.PostConfigureAll<BearerTokenOptions>(options =>
        {
            // An instance with a wrong clock would refuse the other instances' tokens, which is not under test.
            options.TimeProvider = TimeProvider.System;
            options.BearerTokenExpiration = TokenLifetime;
        });
        if (clockShift != TimeSpan.Zero)
        {
            services.AddSingleton<TimeProvider>(new ShiftedTime(clockShift));
        }

        variant.Apply(services);
    }
}
