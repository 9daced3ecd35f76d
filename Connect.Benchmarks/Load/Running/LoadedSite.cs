using Connect.Api;
using Connect.Benchmarks.Ingestion;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// The whole system as it is deployed: Postgres that writes durably, Redis, two processes of the API with their limiter on,
/// a worker that warms, and the boards that it reads.
/// </summary>
internal sealed class LoadedSite(CheckedServers servers) : IAsyncDisposable
{
    private const int Programs = 1_000;
    private const int LeastOrganizations = 500;

    private ServerProcess _worker = null!;

    public IReadOnlyList<ServerProcess> Replicas { get; private set; } = [];

    public BoardTurns Boards { get; private set; } = null!;

    /// <summary>The model's stand-in; null if no user requests explanations.</summary>
    public ModelStandIn? Model { get; private set; }

    /// <summary>The password of all members, new for each run.</summary>
    public string Password { get; } = $"Aa1!{Guid.NewGuid():N}";

    public ImmutableArray<SeededOrganization> Organizations { get; private set; } = [];

    /// <summary>Starts and fills everything, with so many members at least; the boards are read once.</summary>
    public async Task StartAsync(int members, bool explains)
    {
        Organizations = await SeededSite.SeedAsync(servers, Programs, Math.Max(members, LeastOrganizations), Password);
        Model = explains ? await ModelStandIn.StartAsync() : null;
        var simulator = await SimulatedBoards.StartAsync(servers);
        _worker = await SimulatedBoards.StartWorkerAsync(servers, simulator);
        Boards = new(servers.Postgres, simulator);
        if (!await Boards.ReadAsync())
        {
            throw new InvalidOperationException($"The boards could not be read.\n{_worker.Log()}");
        }

        var settings = ApiSettings.Of(servers);
        Model?.AddTo(settings);
        Replicas =
        [
            new(servers.Processes, "api-1", typeof(ApiMarker), settings),
            new(servers.Processes, "api-2", typeof(ApiMarker), settings),
        ];
        await Task.WhenAll(Replicas.Select(replica => replica.StartAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        if (Model is not null)
        {
            await Model.DisposeAsync();
        }
    }

    /// <summary>Processor time that the processes have used so far: all replicas together, and the worker.</summary>
    public (TimeSpan Replicas, TimeSpan Worker) ProcessorTime() =>
        (Replicas.Aggregate(TimeSpan.Zero, (sum, replica) => sum + replica.Use().Processor), _worker.Use().Processor);
}
