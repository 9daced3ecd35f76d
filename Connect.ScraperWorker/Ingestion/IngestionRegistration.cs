using Connect.Data.Diagnostics;
using Connect.ScraperWorker.Ingestion.Staging;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>Registers what brings announcements into the database.</summary>
internal static class IngestionRegistration
{
    public static void AddIngestion(this IServiceCollection services)
    {
        services.AddInstruments<ScraperMetrics>();
        services.AddSingleton<StagedRows>();
        services.AddSingleton<AnnouncementIngestor>();
        services.AddSingleton<ScrapeRunner>();
        services.AddSingleton<Reclassifier>();
        services.AddSingleton<LastSuccesses>();
    }
}
