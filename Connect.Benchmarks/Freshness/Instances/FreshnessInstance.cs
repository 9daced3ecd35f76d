using Connect.Api;
using Connect.Benchmarks.Freshness.Variants;
using Connect.ScraperWorker;
using Connect.Testing.Faults;
using Microsoft.AspNetCore.Hosting;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>
/// A process of the checked system: a service as it is, watched and, in a variant, sabotaged. Its configuration is in
/// its environment, as in production.
/// </summary>
internal static class FreshnessInstance
{
    public const string Verb = "freshness-instance";
    public const string Api = "api";
    public const string Worker = "worker";

    /// <summary>Serves until it is asked to end, with a wall clock that is wrong by so many seconds.</summary>
    public static Task<int> ServeAsync(string role, string variant, string clockShift, string url)
    {
        var sabotage = FreshnessVariant.Find(variant) ?? throw new UsageException($"There is no variant '{variant}'.");
        var shift = TimeSpan.FromSeconds(int.Parse(clockShift, CultureInfo.InvariantCulture));
        void Configure(IServiceCollection services)
        {
            services.AddSingleton<LearnedLog>();
            services.AddSingleton<IStartupFilter, InstanceControl>();
            if (shift != TimeSpan.Zero)
            {
                services.AddSingleton<TimeProvider>(new ShiftedTime(shift));
            }

            sabotage.Replace?.Invoke(services);
        }

        return role == Worker
            ? new MeasuredHost<ScraperWorkerMarker>(url, replace: Configure).ServeAsync()
            : new MeasuredHost<ApiMarker>(url, replace: Configure).ServeAsync();
    }
}
