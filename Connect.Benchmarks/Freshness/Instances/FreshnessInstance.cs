using System.Globalization;
using System.Runtime.InteropServices;
using Connect.Api;
using Connect.Benchmarks.Freshness.Variants;
using Connect.ScraperWorker;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>A process of the checked system, configured by environment variables as in production.</summary>
internal static class FreshnessInstance
{
    public const string Verb = "freshness-instance";
    public const string Api = "api";
    public const string Worker = "worker";

    /// <summary>Serves until it is asked to end.</summary>
    /// <param name="role"><see cref="Api"/> or <see cref="Worker"/>.</param>
    /// <param name="variantName">The variant.</param>
    /// <param name="port">Where to listen, on the loopback address.</param>
    /// <param name="clockShift">Error of the wall clock in seconds.</param>
    public static async Task<int> RunAsync(string role, string variantName, string port, string clockShift)
    {
        if (FreshnessVariant.Find(variantName) is not { } variant)
        {
            await Console.Error.WriteLineAsync($"There is no variant '{variantName}'.");
            return 2;
        }

        var shift = TimeSpan.FromSeconds(int.Parse(clockShift, CultureInfo.InvariantCulture));
        return role == Worker
            ? await ServeAsync(new InstanceFactory<ScraperWorkerMarker>(variant, shift, port))
            : await ServeAsync(new InstanceFactory<ApiMarker>(variant, shift, port));
    }

    /// <summary>Serves until the process is asked to end.</summary>
    public static async Task<int> ServeAsync<TMarker>(WebApplicationFactory<TMarker> factory)
        where TMarker : class
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using (factory)
        {
            factory.UseKestrel();
            factory.StartServer();
            await ended.Task;
        }

        return 0;
    }
}
