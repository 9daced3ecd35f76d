using Connect.Domain.Programs;

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

    /// <summary>The agencies of the boards.</summary>
    public static IEnumerable<Agency> Agencies => Lists.Select(static list => list.Agency);

    /// <summary>Adds the settings to a worker's.</summary>
    public static void AddTo(Dictionary<string, string?> settings, Uri boards)
    {
        foreach (var (agency, path) in Lists)
        {
            var section = $"Sources__{agency}__";
            settings[section + "Enabled"] = "true";
            settings[section + "BaseAddress"] = boards.AbsoluteUri;
            settings[section + "ListPath"] = path;
            settings[section + "MaxPages"] = "100000";
            settings[section + "RequestsPerMinute"] = "1000000";
            settings[section + "AllowPrivateAddresses"] = "true";
        }
    }
}
