using System.Globalization;
using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Serving;
using Connect.Domain.Programs;
using Connect.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Telemetry;

/// <summary>
/// <c>telemetry [--export] [PAIRS]</c>: the cost of telemetry. Two processes of the API, one with all shipped telemetry
/// and its metrics read once a round, one with <c>Telemetry:Enabled</c> off, answer the cached match route in turns,
/// one at a time. With <c>--export</c> the first also sends every trace, log and metric to a collector on this machine.
/// Takes a minute and a half.
/// </summary>
internal static class TelemetryCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "telemetry";

    public const string Usage = "telemetry [--export] [pairs of rounds, 1 to 100, default 16]";

    private const string Export = "--export";

    private const int DefaultPairs = 16;
    private const int MaxPairs = 100;
    private const int Programs = 60;

    // The share of the other process's throughput that the instrumented one has to reach.
    private const double Asked = 0.95;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Measures and reports; returns the exit code, null for invalid arguments.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        var isExporting = arguments is [Export, ..];
        if (ParsePairs(isExporting ? arguments[1..] : arguments) is not { } pairs)
        {
            return null;
        }

        await using var collector = isExporting ? await DiscardingCollector.StartAsync() : null;
        await using var processes = new CheckerProcesses();
        await using var redis = await CheckedRedis.StartNewAsync(processes, CancellationToken.None);
        await using var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: false, CancellationToken.None);
        await SeedAsync(postgres);
        var on = new MeasuredApi(processes, postgres, redis, isInstrumented: true, collector?.Address);
        var off = new MeasuredApi(processes, postgres, redis, isInstrumented: false, exportsTo: null);
        await on.StartAsync();
        await off.StartAsync();
        var organization = await CheckedSystem.SignUpAsync(on.Http, place: 0, CancellationToken.None);
        foreach (var api in (MeasuredApi[])[on, off])
        {
            Console.WriteLine($"warming up: {await api.LoadAsync(organization, WarmUp)}");
        }

        List<(RoundResult On, RoundResult Off)> results = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            results.Add(await MeasurePairAsync(on, off, organization, isOnFirst: pair % 2 == 0));
        }

        if (collector is not null)
        {
            Figure.Print("exports_received", collector.Received);
        }

        return Report(results) || isExporting ? 0 : 1;
    }

    private static int? ParsePairs(string[] arguments) => arguments switch
    {
        [] => DefaultPairs,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pairs) && pairs is >= 1 and <= MaxPairs => pairs,
        _ => null,
    };

    // The first process alternates, so a drift in speed affects both alike.
    private static async Task<(RoundResult On, RoundResult Off)> MeasurePairAsync(
        MeasuredApi on, MeasuredApi off, CheckedOrganization organization, bool isOnFirst)
    {
        var first = await (isOnFirst ? on : off).LoadAsync(organization, Round);
        var second = await (isOnFirst ? off : on).LoadAsync(organization, Round);
        var pair = isOnFirst ? (On: first, Off: second) : (On: second, Off: first);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"on {pair.On}; off {pair.Off}; ratio {pair.On.PerSecond / pair.Off.PerSecond:0.000}"));
        return pair;
    }

    private static bool Report(List<(RoundResult On, RoundResult Off)> results)
    {
        var ratio = Distribution.Median(results.Select(pair => pair.On.PerSecond / pair.Off.PerSecond));
        Figure.Print("on_requests_per_second", Distribution.Median(results.Select(pair => pair.On.PerSecond)));
        Figure.Print("off_requests_per_second", Distribution.Median(results.Select(pair => pair.Off.PerSecond)));
        Figure.Print("on_cpu_microseconds", Distribution.Median(results.Select(pair => pair.On.ProcessorMicroseconds)));
        Figure.Print("off_cpu_microseconds", Distribution.Median(results.Select(pair => pair.Off.ProcessorMicroseconds)));
        Figure.Print("cpu_ratio", Distribution.Median(results.Select(pair => pair.Off.ProcessorMicroseconds / pair.On.ProcessorMicroseconds)));
        Figure.Print("throughput_ratio", ratio);
        return ratio >= Asked;
    }

    private static async Task SeedAsync(CheckedPostgres postgres)
    {
        await using var context = SeededSite.Open(postgres);
        await context.Database.MigrateAsync();

        // All programs match, so an answer is as long as in production.
        context.Programs.AddRange(Enumerable.Range(0, Programs).Select(number => new FundingProgram
        {
            Agency = Agency.NTIS,
            Kind = ProgramKind.Call,
            Title = FreshnessWords.TitleOf(0, number),
            Keywords = [FreshnessWords.WordOf(0)],
            BudgetAmount = 100_000_000,
            AnnouncementUrl = $"https://example.com/{number}",
            IdentityKey = $"{number}",
            Fingerprint = $"{number}",
        }));
        await context.SaveChangesAsync();
    }
}
