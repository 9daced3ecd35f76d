using Connect.AgencySimulator;
using Connect.Domain.Programs;
using Connect.ScraperWorker;

namespace Connect.Benchmarks.Ingestion;

/// <summary>A worker's settings for the simulator's boards: all of them, as fast as they answer.</summary>
internal static class SimulatedBoards
{
    private static readonly (Agency Agency, string ListPath)[] Lists =
    [
        (Agency.NTIS, "/ntis/rndgate/eg/un/ra/mng.do"),
        (Agency.IITP, "/iitp/kr/1/business/businessApiView.it"),
        (Agency.TIPA, "/tipa/front/ifg/no/notice02_list.do"),
        (Agency.KIMST, "/kimst/u/news/inform_01/pjtAnuc.do"),
        (Agency.KEIT, "/keit/srome/biz/perform/opnnPrpsl/retrieveTaskAnncmListView.do?prgmId=XPG201040000"),
    ];

    public static IEnumerable<Agency> Agencies => Lists.Select(static list => list.Agency);

    /// <summary>Starts the agency simulator with so many announcements; null for as many as by default.</summary>
    public static async Task<ServerProcess> StartAsync(CheckedServers servers, int? announcements = null)
    {
        var settings = new Dictionary<string, string?> { ["Logging__LogLevel__Default"] = "Warning" };
        if (announcements is not null)
        {
            settings["Simulator__Calls"] = $"{announcements}";
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
        foreach (var (agency, path) in Lists)
        {
            var section = $"Sources__{agency}__";
            settings[section + "Enabled"] = "true";
            settings[section + "BaseAddress"] = simulator.Address.AbsoluteUri;
            settings[section + "ListPath"] = path;
            settings[section + "MaxPages"] = "100000";
            settings[section + "RequestsPerMinute"] = "1000000";
            settings[section + "AllowPrivateAddresses"] = "true";
        }

        var worker = new ServerProcess(servers.Processes, "scraper-worker", typeof(ScraperWorkerMarker), settings);
        await worker.StartAsync();
        return worker;
    }
}
