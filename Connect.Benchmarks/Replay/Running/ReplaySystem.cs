using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Plan;
using Connect.Benchmarks.Replay.Rules;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>Two instances of the API and the worker, on one clock that only the driver moves.</summary>
internal sealed class ReplaySystem : IAsyncDisposable
{
    private readonly ReplaySite _site;
    private readonly SimulatedTime _time;
    private readonly ReplayedCache[] _caches;
    private int _asked;

    private ReplaySystem(ReplaySite site, SimulatedTime time, ReplayInstance[] instances, ReplayWorker worker)
    {
        (_site, _time, Instances, Worker) = (site, time, instances, worker);
        _caches = [.. instances.Select(instance => instance.Cache), worker.Cache];
    }

    public IReadOnlyList<ReplayInstance> Instances { get; }

    public ReplayWorker Worker { get; }

    public static async Task<ReplaySystem> StartAsync(ReplaySite site, ReplayPlan plan, ReplayRules rules, DateTimeOffset now)
    {
        var time = new SimulatedTime(now);
        ReplayInstance[] instances = [await ReplayInstance.StartAsync(site, time, rules), await ReplayInstance.StartAsync(site, time, rules)];
        return new(site, time, instances, await ReplayWorker.StartAsync(site, time, plan));
    }

    /// <summary>The next instance in turn, as behind a proxy.</summary>
    public ReplayInstance NextInstance() => Instances[_asked++ % Instances.Count];

    public async ValueTask MoveToAsync(DateTimeOffset moment)
    {
        var leases = Array.ConvertAll(_caches, cache => cache.ReadLease());
        var moved = _time.MoveTo(moment);
        foreach (var (place, cache) in _caches.Index())
        {
            cache.Carry(leases[place], moved);
            await cache.EnsureVerifiedAsync();
        }
    }

    /// <summary>Waits until all instances have the tags' generations.</summary>
    public async Task AwaitEvictionsAsync(params string[] tags)
    {
        var rows = await _site.Postgres.QueryAsync<KeyValuePair<string, long>>(
            "select tag, generation from cache_generations where tag = any($1)", row => new(row.GetString(0), row.GetInt64(1)), [tags]);
        var generations = rows.ToDictionary();
        foreach (var cache in _caches)
        {
            await cache.AwaitGenerationsAsync(generations);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        foreach (var instance in Instances)
        {
            await instance.DisposeAsync();
        }
    }
}
