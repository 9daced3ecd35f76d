using Connect.Api;
using Connect.Benchmarks.Http.Comparison;
using Microsoft.AspNetCore.Hosting;

namespace Connect.Benchmarks.Http;

/// <summary>A process of the API with the benchmark's routes, and, where it compares, another cache.</summary>
internal static class MeasuredInstance
{
    public const string Verb = "measured-instance";

    /// <summary>Serves until the process is asked to end. All other settings are in its environment.</summary>
    public static Task<int> ServeAsync(string cache, string url)
    {
        var replace = ComparedCache.Find(cache) ?? throw new UsageException($"There is no cache '{cache}'.");
        return new MeasuredHost<ApiMarker>(url, replace: services =>
        {
            services.AddSingleton<IStartupFilter, ComparedRoutes>();
            replace(services);
        }).ServeAsync();
    }
}
