using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>
/// The process of the worker: its own entry point with all its services, and one more board, which is parsed already.
/// Its settings are environment variables, as in production.
/// </summary>
internal static class ScaleInstance
{
    public const string Verb = "scale-instance";

    private const string Never = "0 0 0 1 1 ? 2099";
    private const int DefaultOrganizations = 10_000;

    public static async Task<ServerProcess> StartAsync(CheckedServers servers, ScalePoint point)
    {
        var settings = new Dictionary<string, string?>
        {
            // Only what is asked for: a board that is read by the clock would evict what is measured.
            ["Schedule__ScrapeWhenEmpty"] = "false",
            ["Schedule__Crons__0"] = Never,
            ["Warming__NextDayCron"] = Never,
            ["Warming__MaxOrganizations"] = $"{Math.Max(DefaultOrganizations, point.Organizations)}",
            ["Warming__MaxDuration"] = "01:00:00",

            // What the worker's own project says, and the driver's does not.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        var worker = new ServerProcess(
            servers.Processes, "scraper-worker", typeof(ScaleInstance), ApiSettings.Of(servers, settings));
        await worker.StartAsync(default, Verb, $"{point.Programs}");
        return worker;
    }

    public static Task<int> ServeAsync(string programs, string url) => new MeasuredHost<ScraperWorkerMarker>(url, replace: services =>
    {
        services.AddSingleton<IAnnouncementSource>(
            new ScaleBoard(int.Parse(programs, CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow()));
    }).ServeAsync();
}
