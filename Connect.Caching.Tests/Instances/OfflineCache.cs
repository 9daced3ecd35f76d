using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Instances;

/// <summary>
/// A cache without a database: its session is confirmed here, and every row of <see cref="Key"/> is loaded with generation 0. Its
/// clock stands still until a test moves it.
/// </summary>
internal sealed class OfflineCache : IDisposable
{
    public const string Key = "k";
    public const string Tag = "t";

    private static readonly DatabaseIdentity Identity = new(1, 1, 1);

    private readonly IHost _host;

    private OfflineCache(IHost host, RecordingCache redis) => (_host, Redis) = (host, redis);

    public FakeTimeProvider Time => (FakeTimeProvider)_host.Services.GetRequiredService<TimeProvider>();

    public RecordingCache Redis { get; }

    public HybridCache Cache => Get<HybridCache>();

    public GenerationState State => Get<GenerationState>();

    /// <param name="configure">Layers and the like.</param>
    /// <param name="keys">More keys that are read with <see cref="Tag"/>.</param>
    public static async Task<OfflineCache> CreateAsync(Action<GenerationalCacheBuilder>? configure = null, params string[] keys)
    {
        var redis = new RecordingCache();
        var time = new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var host = TestInstance.Build("Host=127.0.0.1;Port=1;Database=none", redis, configure, new() { ["LeaseDuration"] = "00:05:00" }, time);
        var cache = new OfflineCache(host, redis);
        var session = new GenerationSession(Identity, watermark: 1, maxTags: 1000) { BegunAt = time.GetTimestamp() };
        string[] rows = [.. keys.Append(Key).SelectMany(key => KeyComposer.RowsOf(key, [Tag])).Distinct()];
        await GenerationSession.EnsureLoadedAsync(
            rows, Array.ConvertAll(rows, session.GenerationOf),
            _ => Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>()));
        cache.State.Begin(session, position: 1);
        cache.Confirm();
        return cache;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Renews the lease, as a poll does.</summary>
    public void Confirm() => State.Confirm(State.Current!, position: 1, Time.GetTimestamp(), Time.GetUtcNow());

    /// <summary>Raises the generation of <see cref="Tag"/>, as a notification does.</summary>
    public void Evict(long generation = 1) => State.ApplyHeard(State.Current!, Tag, generation);

    /// <summary>Reads <see cref="Key"/>; the factory gives what <paramref name="compute"/> says.</summary>
    public async Task<(T Value, CacheOutcome? Outcome)> ReadAsync<T>(Func<T> compute, HybridCacheEntryOptions? options = null, string key = Key)
    {
        var trace = CacheTrace.Begin();
        var value = await Cache.GetOrCreateAsync(key, _ => new ValueTask<T>(compute()), options, [Tag], TestInstance.Token);
        return (value, trace.ReadOf(Get<CacheLayerRegistry>().LayerOf(key))?.Outcome);
    }

    public void Dispose() => _host.Dispose();
}
