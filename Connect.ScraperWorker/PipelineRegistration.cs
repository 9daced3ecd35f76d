using Connect.Data.Diagnostics;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Diagnostics;
using Connect.ScraperWorker.Publish;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Stage;

namespace Connect.ScraperWorker;

/// <summary>Registers the way of a run: queue, lease, crawl, stage, check, merge, publish.</summary>
internal static class PipelineRegistration
{
    public static void AddScrapePipeline(this IServiceCollection services)
    {
        services.AddInstruments<ScraperMetrics>();
        services.AddSingleton<ScrapeRunStore>();
        services.AddSingleton<StagedRows>();
        services.AddSingleton<RunCheck>();
        services.AddSingleton<RunPublisher>();
        services.AddSingleton<ScrapeRunner>();
        services.AddSingleton<Reclassifier>();
        services.AddSingleton<LastSuccesses>();
    }
}
