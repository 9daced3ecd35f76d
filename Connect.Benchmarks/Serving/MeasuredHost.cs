using System.Runtime.InteropServices;
using Connect.Caching;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// A service of Connect in this process: its own entry point, its own pipeline and Kestrel, with services replaced
/// where a benchmark compares or sabotages.
/// </summary>
/// <param name="url">The address that it listens on.</param>
/// <param name="settings">Those beside the process's environment, under the names of environment variables.</param>
/// <param name="replace">Called when the service has registered its own services.</param>
internal sealed class MeasuredHost<TProgram>(
    string url, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null)
    : WebApplicationFactory<TProgram>
    where TProgram : class
{
    // Longer than any run, because signing in is not measured.
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    /// <summary>Begins to listen, and waits until the service's generations are verified.</summary>
    public async Task ListenAsync()
    {
        UseKestrel();
        StartServer();
        await Services.GetRequiredService<CacheState>().FirstSync;
    }

    /// <summary>Serves until the process is asked to end; the process's exit code.</summary>
    public async Task<int> ServeAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using (this)
        {
            UseKestrel();
            StartServer();
            await ended.Task;
        }

        return 0;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Not UseKestrel(port): it sets the address after the entry point has begun to listen, and sometimes comes too late.
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, url);
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            builder.UseSetting(name.Replace("__", ":", StringComparison.Ordinal), value);
        }

        // By default it searches for the solution's folder, which does not exist beside published binaries.
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        }));
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigureAll<BearerTokenOptions>(static options =>
            {
                // Where a clock is moved or wrong, tokens go by the real one.
                options.TimeProvider = TimeProvider.System;
                options.BearerTokenExpiration = TokenLifetime;
            });
            replace?.Invoke(services);
        });
    }
}
