using System.Text.Json;
using Connect.Api;
using Connect.Data;
using Connect.Testing.Servers;
using Microsoft.AspNetCore.Hosting;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// The settings of a measured API: those of production, as far as one machine without certificates allows.
/// </summary>
internal static class ApiSettings
{
    // Above any load here: the limiter counts every request and refuses none.
    private const string Permits = "1000000";
    private const string Second = "00:00:01";

    private static readonly string[] Limits = ["Caller", "Address", "Generation", "Explanation", "Login", "Registration"];

    /// <summary>
    /// The garbage collector's settings of the API's project, as environment variables for other programs.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Collector { get; } = ReadCollector();

    /// <summary>The settings, under the names of environment variables.</summary>
    /// <param name="postgres">The primary database.</param>
    /// <param name="redis">The second tier.</param>
    /// <param name="url">The address to listen on; null where the command line has it.</param>
    public static Dictionary<string, string?> Of(CheckedPostgres postgres, CheckedRedis redis, string? url = null)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"ConnectionStrings__{DataRegistration.ConnectionName}"] = postgres.ConnectionString,
            ["ConnectionStrings__cache"] = redis.Configuration,

            // The driver has no certificate.
            ["KeyProtection__AllowUnprotected"] = "true",
            ["Edge__RequireHttps"] = "false",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "None",

            // None of the driver's own environment.
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
        };
        foreach (var limit in Limits)
        {
            settings[$"RateLimits__{limit}__Permits"] = Permits;
            settings[$"RateLimits__{limit}__Period"] = Second;
        }

        if (url is not null)
        {
            settings[WebHostDefaults.ServerUrlsKey] = url;
        }

        return settings;
    }

    private static Dictionary<string, string?> ReadCollector()
    {
        using var runtime = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(typeof(ApiMarker).Assembly.Location, ".runtimeconfig.json")));
        var properties = runtime.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        return new()
        {
            ["DOTNET_gcServer"] = properties.TryGetProperty("System.GC.Server", out var server) && server.GetBoolean() ? "1" : "0",
            ["DOTNET_GCConserveMemory"] = properties.TryGetProperty("System.GC.ConserveMemory", out var degree) ? degree.ToString() : "0",
        };
    }
}
