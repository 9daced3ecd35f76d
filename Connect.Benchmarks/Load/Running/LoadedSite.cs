using System.Collections.Immutable;
using System.Diagnostics;
using Connect.AgencySimulator;
using Connect.Benchmarks.Ingestion;
using Connect.Benchmarks.Serving;
using Connect.ScraperWorker;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// The whole system as it is deployed: Postgres that writes durably, Redis, two processes of the API with their limiter on,
/// a worker that warms, and the boards that it reads.
/// </summary>
internal sealed class LoadedSite : IAsyncDisposable
{
    private const int Programs = 1_000;
    private const int LeastOrganizations = 500;

    private readonly CheckerProcesses _processes = new();
    private readonly List<IAsyncDisposable> _parts = [];

    public IReadOnlyList<ApiProcess> Replicas { get; private set; } = [];

    public ServerProcess Worker { get; private set; } = null!;

    public BoardTurns Boards { get; private set; } = null!;

    /// <summary>The model's stand-in; null if no user requests explanations.</summary>
    public ModelStandIn? Model { get; private set; }

    /// <summary>The password of all members, new for each run.</summary>
    public string Password { get; } = $"Aa1!{Guid.NewGuid():N}";

    public ImmutableArray<SeededOrganization> Organizations { get; private set; } = [];

    /// <summary>Starts and fills everything; the boards are read once.</summary>
    /// <param name="members">At least so many can sign in.</param>
    /// <param name="explains">Whether there is to be a model.</param>
    public static async Task<LoadedSite> StartAsync(int members, bool explains)
    {
        var site = new LoadedSite();
        try
        {
            await site.FillAsync(members, explains);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.AsEnumerable().Reverse())
        {
            await part.DisposeAsync();
        }

        await _processes.DisposeAsync();
    }

    /// <summary>Processor time that the processes have used so far: all replicas together, and the worker.</summary>
    public (TimeSpan Replicas, TimeSpan Worker) ProcessorTime() =>
        (Replicas.Aggregate(TimeSpan.Zero, (sum, replica) => sum + TimeOf(replica)), TimeOf(Worker));

    private static TimeSpan TimeOf(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        return process.TotalProcessorTime;
    }

    private async Task FillAsync(int members, bool explains)
    {
        var redis = Keep(await CheckedRedis.StartNewAsync(_processes, CancellationToken.None));
        var postgres = Keep(await CheckedPostgres.StartNewAsync(_processes, isDurable: true, CancellationToken.None));
        await SeededSite.MigrateAsync(postgres);
        await SeededSite.SeedProgramsAsync(postgres, Programs, TimeProvider.System.GetUtcNow());
        Organizations = await SeededSite.SeedOrganizationsAsync(postgres, redis, Math.Max(members, LeastOrganizations), Password);
        Model = explains ? Keep(await ModelStandIn.StartAsync()) : null;

        var simulator = new ServerProcess(
            _processes, "agency-simulator", new Dictionary<string, string?> { ["Logging__LogLevel__Default"] = "Warning" });
        await simulator.StartAsync(typeof(AgencySimulatorMarker).Assembly.Location, Listen, CancellationToken.None);
        Worker = new ServerProcess(_processes, "scraper-worker", WorkerSettings(ApiSettings.Of(postgres, redis), simulator.Address));
        await Worker.StartAsync(typeof(ScraperWorkerMarker).Assembly.Location, Listen, CancellationToken.None);
        Boards = new(postgres, simulator);
        if (!await Boards.ReadAsync())
        {
            throw new InvalidOperationException($"The boards could not be read.\n{Worker.Log()}");
        }

        var settings = ApiSettings.Of(postgres, redis);
        Model?.AddTo(settings);
        Replicas = [new(_processes, "api-1", settings), new(_processes, "api-2", settings)];
        await Task.WhenAll(Replicas.Select(replica => replica.StartAsync()));
    }

    private static Dictionary<string, string?> WorkerSettings(Dictionary<string, string?> settings, Uri boards)
    {
        settings["Schedule__ScrapeWhenEmpty"] = "false";
        SimulatedBoards.AddTo(settings, boards);
        return settings;
    }

    private static IReadOnlyList<string> Listen(string port) => ["--urls", $"http://127.0.0.1:{port}"];

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
