using System.Globalization;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Benchmarks.Http.Comparison;
using Connect.Benchmarks.Serving;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Benchmarks.Http;

/// <summary>A process of the API with the benchmark's routes, and, where it compares, another cache.</summary>
internal sealed class MeasuredInstance(CheckerProcesses processes, string cache, Dictionary<string, string?> settings)
    : ServerProcess(processes, cache, settings)
{
    public const string Verb = "measured-instance";

    private readonly string _cache = cache;

    /// <summary>Starts the process and waits until it is healthy.</summary>
    public Task StartAsync() => StartAsync(typeof(MeasuredInstance).Assembly.Location, port => [Verb, _cache, "--port", port], CancellationToken.None);

    /// <summary>Serves in this process until it is asked to end. Its settings are environment variables.</summary>
    public static async Task<int> ServeAsync(string cache, string port)
    {
        if (ComparedCache.Find(cache) is not { } replace || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            await Console.Error.WriteLineAsync($"There is no cache '{cache}', or port '{port}' is none.");
            return 2;
        }

        return await FreshnessInstance.ServeAsync(new MeasuredHost(
            new Dictionary<string, string?> { [WebHostDefaults.ServerUrlsKey] = $"http://127.0.0.1:{port}" },
            services =>
            {
                services.AddSingleton<IStartupFilter, ComparedRoutes>();
                replace(services);
            }));
    }
}
