using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Contract;

/// <summary>The documented behaviour of <see cref="HybridCache.GetOrCreateAsync{T}(string, Func{CancellationToken, ValueTask{T}}, HybridCacheEntryOptions?, IEnumerable{string}?, CancellationToken)"/>, of this library and of the stock cache.</summary>
public sealed class ReadTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Caches => CacheUnderTest.All;

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Factory_runs_once_and_its_value_is_kept(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var runs = 0;
        for (var read = 0; read < 3; read++)
        {
            Assert.Equal("a", await tested.Cache.GetOrCreateAsync("k", _ => Answer("a", ref runs), tags: ["t"], cancellationToken: Token));
        }

        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Null_is_kept_like_any_value(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var runs = 0;
        for (var read = 0; read < 3; read++)
        {
            Assert.Null(await tested.Cache.GetOrCreateAsync("k", _ => Answer<string?>(null, ref runs), cancellationToken: Token));
        }

        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Exception_reaches_the_caller_and_is_not_kept(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);

        await Assert.ThrowsAsync<NotSupportedException>(async () => await tested.Cache.GetOrCreateAsync<int>(
            "k", _ => throw new NotSupportedException(), cancellationToken: Token));

        Assert.Equal(2, await tested.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(2), cancellationToken: Token));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Exception_reaches_every_caller_who_joined(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var released = new TaskCompletionSource();
        var reads = Enumerable.Range(0, 20).Select(_ => tested.Cache.GetOrCreateAsync<int>(
            "k",
            async _ =>
            {
                await released.Task;
                throw new NotSupportedException();
            },
            cancellationToken: Token).AsTask()).ToList();

        released.SetResult();

        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => read);
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Ten_thousand_callers_at_once_share_one_computation(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var runs = 0;
        var released = new TaskCompletionSource();
        var reads = Enumerable.Range(0, 10_000).Select(_ => tested.Cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                Interlocked.Increment(ref runs);
                await released.Task;
                return 7;
            },
            tags: ["t"], cancellationToken: Token).AsTask()).ToList();

        released.SetResult();

        Assert.All(await Task.WhenAll(reads), value => Assert.Equal(7, value));
        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Caller_who_gives_up_does_not_disturb_those_who_wait(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        using var impatient = new CancellationTokenSource();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<int> ReadAsync(CancellationToken token) => tested.Cache.GetOrCreateAsync(
            "k",
            async factoryToken =>
            {
                begun.TrySetResult();
                await released.Task.WaitAsync(factoryToken);
                return 7;
            },
            cancellationToken: token).AsTask();
        var first = ReadAsync(impatient.Token);
        await begun.Task;
        var second = ReadAsync(Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        released.SetResult();
        Assert.Equal(7, await second);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Computation_is_cancelled_when_its_last_caller_gives_up(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        using var impatient = new CancellationTokenSource();
        var (begun, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var read = tested.Cache.GetOrCreateAsync(
            "k",
            async factoryToken =>
            {
                await using var registration = factoryToken.Register(cancelled.SetResult);
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, factoryToken);
                return 7;
            },
            cancellationToken: impatient.Token).AsTask();
        await begun.Task;

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await cancelled.Task.WaitAsync(Token);
        Assert.Equal(8, await tested.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(8), cancellationToken: Token));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Factory_may_read_other_entries(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var runs = 0;
        for (var read = 0; read < 2; read++)
        {
            var sum = await tested.Cache.GetOrCreateAsync(
                "sum",
                async token => 1 + await tested.Cache.GetOrCreateAsync("part", _ => Answer(2, ref runs), tags: ["part"], cancellationToken: token),
                tags: ["sum"], cancellationToken: Token);
            Assert.Equal(3, sum);
        }

        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Value_that_could_be_changed_is_a_copy_for_each_reader(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        for (var read = 0; read < 5; read++)
        {
            var list = await tested.Cache.GetOrCreateAsync("k", _ => new ValueTask<List<int>>([1, 2, 3]), tags: ["t"], cancellationToken: Token);
            Assert.Equal([1, 2, 3], list);
            list.Add(4);
        }
    }

    [Fact]
    public async Task Five_megabytes_are_kept_in_both_tiers()
    {
        // Not of the stock cache, whose limit is a mebibyte by default.
        await using var tested = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);
        var value = new string('x', 5 * 1024 * 1024);
        var past = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCache };

        Assert.Equal(value.Length, (await tested.Cache.GetOrCreateAsync("k", _ => new ValueTask<string>(value), tags: ["t"], cancellationToken: Token)).Length);
        await TestInstance.EventuallyAsync(() => Task.FromResult(tested.Redis.Writes == 1));

        Assert.Equal(value, await tested.Cache.GetOrCreateAsync("k", _ => new ValueTask<string>("none"), past, ["t"], Token));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Flags_are_honoured_one_by_one(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        foreach (var (flags, runs, writes) in FlagsWithEffects)
        {
            var options = new HybridCacheEntryOptions { Flags = flags, Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromHours(1) };
            var (counted, before) = (0, tested.Redis.Writes);
            for (var read = 0; read < 3; read++)
            {
                await tested.Cache.GetOrCreateAsync($"{flags}", _ => Answer(7, ref counted), options, cancellationToken: Token);
                await TestInstance.EventuallyAsync(() => tested.Redis.Writes - before >= Math.Min(writes, read + 1));
            }

            Assert.Equal((flags, runs, writes), (flags, counted, tested.Redis.Writes - before));
        }
    }

    private static (HybridCacheEntryFlags Flags, int Runs, int Writes)[] FlagsWithEffects { get; } =
    [
        (HybridCacheEntryFlags.None, 1, 1),
        (HybridCacheEntryFlags.DisableLocalCacheRead, 1, 1),
        (HybridCacheEntryFlags.DisableLocalCacheWrite, 1, 1),
        (HybridCacheEntryFlags.DisableLocalCache, 1, 1),
        (HybridCacheEntryFlags.DisableDistributedCacheRead, 1, 1),
        (HybridCacheEntryFlags.DisableDistributedCacheWrite, 1, 0),
        (HybridCacheEntryFlags.DisableDistributedCache, 1, 0),
        (HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache, 3, 0),
        (HybridCacheEntryFlags.DisableUnderlyingData, 0, 0),
        (HybridCacheEntryFlags.DisableCompression, 1, 1),
    ];

    private static ValueTask<T> Answer<T>(T value, ref int runs)
    {
        Interlocked.Increment(ref runs);
        return new(value);
    }
}
