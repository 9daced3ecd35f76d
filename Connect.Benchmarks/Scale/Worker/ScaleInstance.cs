using System.Globalization;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>
/// The process of the worker: its own entry point with all its services, and one more board, which is parsed already.
/// Its settings are environment variables, as in production.
/// </summary>
internal static class ScaleInstance
{
    public const string Verb = "scale-instance";

    /// <summary>Serves until it is asked to end.</summary>
    public static Task<int> RunAsync(string programs, string port) =>
        FreshnessInstance.ServeAsync(new Factory(int.Parse(programs, CultureInfo.InvariantCulture), port));

    private sealed class Factory(int programs, string port) : WebApplicationFactory<ScraperWorkerMarker>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting(WebHostDefaults.ServerUrlsKey, $"http://127.0.0.1:{port}");

            // By default it searches for the solution's folder, which does not exist beside published binaries.
            builder.UseContentRoot(AppContext.BaseDirectory);
            builder.UseEnvironment("Production");
            builder.ConfigureLogging(logging => logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true));
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<IAnnouncementSource>(new ScaleBoard(programs, TimeProvider.System.GetUtcNow()));

                // A run asks for the options of its board, and this board has none in the configuration.
                services.Configure<BoardOptions>(nameof(Agency.NTIS), options => KnownBoards.Describe(Agency.NTIS, options));
            });
        }
    }
}
