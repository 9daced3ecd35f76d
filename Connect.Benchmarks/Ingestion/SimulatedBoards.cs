using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.Domain.Programs;
using Connect.ScraperWorker;

namespace Connect.Benchmarks.Ingestion;

/// <summary>A worker's settings for the simulator's boards: all of them, as fast as they answer.</summary>
internal static class SimulatedBoards
{
    public static IEnumerable<Agency> Agencies => Enum.GetNames<Board>().Select(Enum.Parse<Agency>);

    /// <summary>Starts the agency simulator with so many announcements; null for as many as by default.</summary>
    public static async Task<ServerProcess> StartAsync(CheckedServers servers, int? announcements = null)
    {
        var settings = new Dictionary<string, string?> { ["Logging__LogLevel__Default"] = "Warning" };
        if (announcements is not null)
        {
            settings[$"{SimulatorOptions.SectionName}__{nameof(SimulatorOptions.Announcements)}"] = $"{announcements}";
        }

        var simulator = new ServerProcess(servers.Processes, "agency-simulator", typeof(AgencySimulatorMarker), settings);
        await simulator.StartAsync();
        return simulator;
    }

    /// <summary>Starts a worker that reads the simulator's boards when it is asked to.</summary>
    public static async Task<ServerProcess> StartWorkerAsync(
        CheckedServers servers, ServerProcess simulator, params IEnumerable<KeyValuePair<string, string?>> others)
    {
        var settings = ApiSettings.Of(servers, others);
        settings["Schedule__ScrapeWhenEmpty"] = "false";
        foreach (var agency in Agencies)
        {
            var section = $"Sources__{agency}__";
            settings[section + "Enabled"] = "true";
            settings[section + "BaseAddress"] = new Uri(simulator.Address, agency.ToString().ToLowerInvariant()).AbsoluteUri;
            settings[section + "MaxPages"] = "100000";
            settings[section + "RequestsPerMinute"] = "1000000";
            settings[section + "AllowPrivateAddresses"] = "true";
        }

        // Announcements that are over count, too.
        settings["Sources__IRIS__Paging__Each__2"] = "ancmPrg=ancmEnd";
        var worker = new ServerProcess(servers.Processes, "scraper-worker", typeof(ScraperWorkerMarker), settings);
        await worker.StartAsync();
        return worker;
    }
}
