using Connect.Data.Diagnostics;
using Connect.ScraperWorker.Diagnostics;
using Connect.ScraperWorker.Publish;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Stage;

namespace Connect.ScraperWorker;

/// <summary>Registers what brings announcements into the database.</summary>
internal static class PipelineRegistration
{
    public static void AddScrapePipeline(this IServiceCollection services)
    {
        services.AddInstruments<ScraperMetrics>();
        services.AddSingleton<StagedRows>();
        services.AddSingleton<RunPublisher>();
        services.AddSingleton<ScrapeRunner>();
        services.AddSingleton<Reclassifier>();
        services.AddSingleton<LastSuccesses>();
    }
}
