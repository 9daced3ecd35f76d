using System.Diagnostics;
using System.Globalization;
using Connect.Data;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>The worker's process, for the driver.</summary>
internal sealed class ScaledWorker(CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis, ScalePoint point)
    : ServerProcess(processes, "scraper-worker", Settings(postgres, redis, point))
{
    private const string Never = "0 0 0 1 1 ? 2099";
    private const int DefaultOrganizations = 10_000;

    /// <summary>The most memory that it held so far, in MiB.</summary>
    public double PeakMebibytes
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.PeakWorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>Starts it and waits until it is healthy.</summary>
    public Task StartAsync() => StartAsync(
        typeof(ScaleInstance).Assembly.Location,
        port => [ScaleInstance.Verb, point.Programs.ToString(CultureInfo.InvariantCulture), "--port", port],
        CancellationToken.None);

    private static Dictionary<string, string?> Settings(CheckedPostgres postgres, CheckedRedis redis, ScalePoint point) => new()
    {
        [$"ConnectionStrings__{DataRegistration.ConnectionName}"] = postgres.ConnectionString,
        ["ConnectionStrings__cache"] = redis.Configuration,
        ["Logging__LogLevel__Default"] = "Warning",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",

        // Only requested runs: a scheduled one would evict during the measurement.
        ["Schedule__ScrapeWhenEmpty"] = "false",
        ["Schedule__Crons__0"] = Never,
        ["Warming__NextDayCron"] = Never,
        ["Warming__MaxOrganizations"] = Math.Max(DefaultOrganizations, point.Organizations).ToString(CultureInfo.InvariantCulture),
        ["Warming__MaxDuration"] = "01:00:00",

        // Settings of the worker's project file that the driver's lacks.
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "0",
    };
}
