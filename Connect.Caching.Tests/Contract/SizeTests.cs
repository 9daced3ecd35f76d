using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Caching.Tiers;
using Connect.Testing.Instances;

namespace Connect.Caching.Tests.Contract;

/// <summary>Memory counts what it holds: what no payload has room for is in no tier.</summary>
public sealed class SizeTests(Servers servers) : IAsyncLifetime
{
    private const int Limit = 1024;

    private readonly RecordingCache _redis = new();
    private TestInstance _instance = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _instance = await TestInstance.StartAsync(
        servers.NewDatabase(), _redis, settings: new() { ["MaximumPayloadBytes"] = $"{Limit}" });

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Value_within_the_limit_is_kept_and_counted()
    {
        Assert.Equal((1, 1), await CountAsync(new string('x', Limit)));
        Assert.Equal((1, Limit), Memory());
    }

    [Fact]
    public async Task Value_over_the_limit_is_computed_on_every_read_and_kept_nowhere()
    {
        Assert.Equal((2, 0), await CountAsync(new string('x', Limit + 1)));
        Assert.Equal((2, 0), await CountAsync(new byte[Limit + 1]));
        Assert.Equal((2, 0), await CountAsync(new Shared(new string('x', Limit))));
        Assert.Equal((2, 0), await CountAsync<List<string>>([new string('x', Limit)]));
        Assert.Equal((0, 0L), Memory());
        Assert.False(_instance.Get<LastGoodStore>().TryGet<string>(CacheLayerRegistry.Other, nameof(String), null, 0, out _, out _));

        await _instance.Cache.SetAsync("set", new string('x', Limit + 1), cancellationToken: Token);
        Assert.Equal((0, 0L), Memory());
    }

    [Fact]
    public async Task Value_over_the_limit_that_is_set_replaces_the_one_before()
    {
        Assert.Equal("a", await _instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<string>("a"), cancellationToken: Token));

        await _instance.Cache.SetAsync("k", new string('x', Limit + 1), cancellationToken: Token);

        Assert.Equal("b", await _instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<string>("b"), cancellationToken: Token));
    }

    [Fact]
    public async Task Empty_values_are_kept()
    {
        Assert.Equal((1, 1), await CountAsync(""));
        Assert.Equal((1, 1), await CountAsync(Array.Empty<byte>()));
        Assert.Equal((2, 0L), Memory());
    }

    private (long Entries, long Bytes) Memory()
    {
        var memory = _instance.Get<CacheTiers>().ReadMemory();
        return (memory.Entries, memory.Bytes);
    }

    /// <summary>Reads a key of the type twice; how often it was computed, and how many new entries Redis has.</summary>
    private async Task<(int Runs, int Stored)> CountAsync<T>(T value)
    {
        var (runs, before) = (0, _redis.Entries.Count);
        for (var read = 0; read < 2; read++)
        {
            Assert.Equal(value, await _instance.Cache.GetOrCreateAsync(
                typeof(T).Name,
                _ =>
                {
                    runs++;
                    return new ValueTask<T>(value);
                },
                cancellationToken: Token));
        }

        await TestInstance.EventuallyAsync(() => _redis.Entries.Count - before == 2 - runs);
        return (runs, _redis.Entries.Count - before);
    }

    [ImmutableObject(true)]
    private sealed record Shared(string Text);
}
