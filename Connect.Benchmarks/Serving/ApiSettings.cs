using System.Text.Json;
using Connect.Api;
using Connect.Data;

namespace Connect.Benchmarks.Serving;

/// <summary>
/// Settings of a measured process, under the names of environment variables: production's, as far as one machine without
/// certificates can have them.
/// </summary>
internal static class ApiSettings
{
    // Above any load here: the limiter counts every request and refuses none.
    private const string Permits = "1000000";
    private const string Second = "00:00:01";

    private static readonly string[] Limits = ["Caller", "Key", "Address", "Generation", "Explanation", "Login", "Registration"];

    /// <summary>How the API's own program collects garbage, which other programs have to be told.</summary>
    public static IReadOnlyDictionary<string, string?> Collector { get; } = ReadCollector();

    /// <summary>The settings of an API or a worker on these servers, with others in addition or instead.</summary>
    public static Dictionary<string, string?> Of(CheckedServers servers, params IEnumerable<KeyValuePair<string, string?>> others)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"ConnectionStrings__{DataRegistration.ConnectionName}"] = servers.Postgres.ConnectionString,
            ["ConnectionStrings__cache"] = servers.Redis.Configuration,
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

        foreach (var (name, value) in others)
        {
            settings[name] = value;
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
