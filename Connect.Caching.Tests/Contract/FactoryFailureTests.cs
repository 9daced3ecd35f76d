using System.Net.Sockets;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Connect.Caching.Tests.Instances;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;
using Npgsql;

namespace Connect.Caching.Tests.Contract;

/// <summary>A factory's exception is its caller's, unless the primary database really cannot be asked.</summary>
public sealed class FactoryFailureTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Caches => CacheUnderTest.All;

    private static Dictionary<string, Func<Exception>> Kinds { get; } = new()
    {
        ["time-out"] = () => new TimeoutException(),
        ["socket"] = () => new SocketException((int)SocketError.ConnectionRefused),
        ["HTTP refused"] = () => new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)),
        ["HTTP time-out"] = () => new TaskCanceledException("late", new TimeoutException()),
        ["stream"] = () => new IOException("broken", new SocketException((int)SocketError.ConnectionReset)),
        ["statement too slow"] = () => new NpgsqlException("late", new TimeoutException()),
        ["no connection left"] = () => new PostgresException("too many", "FATAL", "FATAL", PostgresErrorCodes.TooManyConnections),
        ["another"] = () => new NotSupportedException(),
    };

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Exception_is_the_callers_and_an_evicted_value_is_not(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        foreach (var kind in Kinds.Keys)
        {
            // Of a first read, and of one after an eviction.
            await AssertFailsAsync(tested, kind);
            Assert.Equal((kind, 1), (kind, await ReadAsync(tested.Cache, kind, () => 1)));
            await tested.Cache.RemoveByTagAsync("t", Token);

            await AssertFailsAsync(tested, kind);

            Assert.Equal((kind, 3), (kind, await ReadAsync(tested.Cache, kind, () => 3)));
        }
    }

    [Fact]
    public async Task Value_that_is_not_evicted_stands_in_marked_where_a_factorys_query_was_too_slow()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        Assert.Equal(1, await ReadAsync(instance.Cache, "k", () => 1));
        await instance.Get<CacheTiers>().Cache.RemoveAsync(instance.Get<KeyComposer>().Find("k")!.Physical, Token);

        var (value, trace) = await TestInstance.TraceAsync(() => ReadAsync(instance.Cache, "k", () => throw Kinds["statement too slow"]()));

        Assert.Equal((1, CacheOutcome.Stale), (value, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome));
    }

    [Fact]
    public async Task Value_that_is_evicted_while_the_factory_runs_does_not_stand_in()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        Assert.Equal(1, await ReadAsync(instance.Cache, "k", () => 1));
        await instance.Get<CacheTiers>().Cache.RemoveAsync(instance.Get<KeyComposer>().Find("k")!.Physical, Token);

        await Assert.ThrowsAsync<NpgsqlException>(async () => await instance.Cache.GetOrCreateAsync<int>(
            "k",
            async token =>
            {
                await instance.Cache.RemoveByTagAsync("t", token);
                throw Kinds["statement too slow"]();
            },
            tags: ["t"], cancellationToken: Token));
    }

    private static async Task AssertFailsAsync(CacheUnderTest tested, string kind)
    {
        var (runs, thrown) = (0, Kinds[kind]());

        var caught = await Assert.ThrowsAnyAsync<Exception>(async () => await ReadAsync(tested.Cache, kind, () =>
        {
            runs++;
            throw thrown;
        }));

        Assert.Same(thrown, caught);
        Assert.Equal((kind, 1), (kind, runs));
    }

    private static ValueTask<int> ReadAsync(HybridCache cache, string key, Func<int> compute) =>
        cache.GetOrCreateAsync(key, _ => new ValueTask<int>(compute()), tags: ["t"], cancellationToken: Token);
}
