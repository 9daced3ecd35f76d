using System.ComponentModel;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Caching.Tests;

/// <summary>How long answers are given again, and by which clock, on a cache that needs no server.</summary>
public sealed class GenerationalHybridCacheTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Eviction_that_was_heard_is_seen_by_the_next_read()
    {
        using var cache = await OfflineCache.CreateAsync();

        Assert.Equal(("1", CacheOutcome.Miss), await cache.ReadAsync(() => "1"));
        Assert.Equal(("1", CacheOutcome.Memory), await cache.ReadAsync(() => "2"));
        Assert.Equal(("1", CacheOutcome.Memory), await cache.ReadAsync(() => "2"));
        cache.Evict();

        Assert.Equal(("3", CacheOutcome.Miss), await cache.ReadAsync(() => "3"));
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(320, 20)]
    [InlineData(3_200_000, 100)]
    public async Task Answer_from_memory_is_given_again_for_a_tenth_of_a_second_or_a_sixteenth_of_its_lifetime(int? lifetime, int milliseconds)
    {
        using var cache = await CountedCache.CreateAsync();
        var options = lifetime is { } time ? new HybridCacheEntryOptions { LocalCacheExpiration = TimeSpan.FromMilliseconds(time), Expiration = Hour } : null;

        // The first read computes, the second finds the value in memory.
        Assert.Equal([1, 2, 2], await cache.CountAsync(() => "value", options, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal([2, 3], await cache.CountAsync(() => "value", options, TimeSpan.FromMilliseconds(milliseconds) - Tick, Tick));
    }

    [Fact]
    public async Task Answer_from_memory_is_not_given_again_past_its_qualifier_or_its_own_end()
    {
        var end = TimeSpan.FromMilliseconds(30);
        using var qualified = await CountedCache.CreateAsync(start => new("q", start + end));
        Assert.Equal([1, 2, 2], await qualified.CountAsync(() => "value", null, TimeSpan.Zero, TimeSpan.Zero, end - Tick));
        Assert.Equal([3], await qualified.CountAsync(() => "value", null, Tick));

        using var expiring = await CountedCache.CreateAsync();
        var validUntil = expiring.Offline.Time.GetUtcNow() + end;
        Assert.Equal([1, 2, 2], await expiring.CountAsync(() => new Offer(1, validUntil), null, TimeSpan.Zero, TimeSpan.Zero, end - Tick));

        // Asked for the value, by the path of hits and by that of waits, and then for its successor.
        Assert.Equal([5], await expiring.CountAsync(() => new Offer(2, null), null, Tick));
    }

    [Fact]
    public async Task Only_what_callers_may_share_is_given_again_without_asking()
    {
        var none = TimeSpan.Zero;
        using var cache = await CountedCache.CreateAsync();
        Assert.Equal([1, 2, 3], await cache.CountAsync(() => 1, null, none, none, none));
        cache.Offline.Evict();
        Assert.Equal([4, 5, 6], await cache.CountAsync<List<int>>(() => [1], null, none, none, none));
        cache.Offline.Evict(2);
        Assert.Equal([7, 8, 8], await cache.CountAsync(() => new Offer(1, null), null, none, none, none));
        cache.Offline.Evict(3);
        Assert.Equal([9, 10, 11], await cache.CountAsync(() => new Mutable(), null, none, none, none));

        cache.Offline.Evict(4);
        var past = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheRead, Expiration = Hour };
        Assert.Equal([12, 13], await cache.CountAsync(() => "value", past, none, none));
        Assert.Equal([14, 14], await cache.CountAsync(() => "value", null, none, none));
        Assert.Equal([15], await cache.CountAsync(() => "value", past, none));
    }

    [Fact]
    public async Task Value_is_valid_until_its_moment_and_has_a_successor_from_then_on()
    {
        using var cache = await OfflineCache.CreateAsync();
        var validUntil = cache.Time.GetUtcNow().AddMinutes(1);
        Assert.Equal((1, CacheOutcome.Miss), Numbered(await cache.ReadAsync(() => new Offer(1, validUntil))));

        cache.Time.Advance(TimeSpan.FromMinutes(1) - Tick);
        Assert.Equal((1, CacheOutcome.Memory), Numbered(await cache.ReadAsync(() => new Offer(2, null))));
        cache.Time.Advance(Tick);

        Assert.Equal((2, CacheOutcome.Miss), Numbered(await cache.ReadAsync(() => new Offer(2, null))));
        Assert.Equal((2, CacheOutcome.Memory), Numbered(await cache.ReadAsync(() => new Offer(3, null))));
    }

    [Fact]
    public async Task Value_that_is_outdated_whenever_it_is_computed_is_computed_without_the_cache()
    {
        using var cache = await OfflineCache.CreateAsync();
        var (runs, past) = (0, cache.Time.GetUtcNow());

        // The value, its successor, and the answer.
        Assert.Equal((3, CacheOutcome.Miss), Numbered(await cache.ReadAsync(() => new Offer(++runs, past))));
    }

    [Fact]
    public async Task Absence_lasts_as_long_as_its_layer_says()
    {
        using var cache = await OfflineCache.CreateAsync(c => c.AddLayer<string>("name", Hour, Hour, notFoundFor: TimeSpan.FromSeconds(10)), "name:1");
        Task<(string?, CacheOutcome?)> ReadAsync(string? value) => cache.ReadAsync(() => value, key: "name:1");

        Assert.Equal((null, CacheOutcome.Miss), await ReadAsync(null));
        cache.Time.Advance(TimeSpan.FromSeconds(10) - Tick);
        Assert.Equal((null, CacheOutcome.Memory), await ReadAsync("a"));
        cache.Time.Advance(Tick);

        Assert.Equal(("a", CacheOutcome.Miss), await ReadAsync("a"));
        Assert.Equal(1, cache.Redis.Writes);
    }

    [Theory]
    [InlineData(1.999, 0)]
    [InlineData(2, 1)]
    public async Task Entry_that_Redis_would_drop_at_once_stays_in_memory(double seconds, int writes)
    {
        using var cache = await OfflineCache.CreateAsync();
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(seconds), LocalCacheExpiration = Hour };

        await cache.ReadAsync(() => 1, options);
        await TestInstance.EventuallyAsync(() => cache.Redis.Writes == writes);

        Assert.Equal((1, CacheOutcome.Memory), await cache.ReadAsync(() => 2, options));
    }

    [Fact]
    public async Task Factory_runs_once_more_on_a_broken_connection_and_on_nothing_else()
    {
        using var cache = await OfflineCache.CreateAsync();
        var runs = 0;
        int Fail(Exception exception) => ++runs == 1 ? throw exception : runs;

        Assert.Equal((2, CacheOutcome.Miss), await cache.ReadAsync(() => Fail(new NpgsqlException("lost", new IOException()))));
        runs = 0;
        cache.Evict();
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.ReadAsync(() => Fail(new InvalidOperationException())));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Last_good_value_is_served_while_the_database_is_away_and_nothing_else_is()
    {
        using var cache = await OfflineCache.CreateAsync(
            c => c.AddLayer(new CacheLayer("secret", "secret:", Hour, Hour) { FailSafe = false }), "secret:1", "preloaded");
        await cache.ReadAsync(() => 1);
        await cache.ReadAsync(() => 1, key: "secret:1");
        await PreloadAsync();
        cache.State.End(cache.State.Current!, "test");

        Assert.Equal((1, CacheOutcome.Stale), await cache.ReadAsync(() => 2));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => cache.ReadAsync(() => 2, key: "secret:1"));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => cache.ReadAsync(() => 2, key: "preloaded"));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => cache.ReadAsync(() => "2"));

        async Task PreloadAsync()
        {
            CachePreloading.Begin(asOf: null);
            await cache.Cache.GetOrCreateAsync("preloaded", _ => new ValueTask<int>(1), tags: [OfflineCache.Tag], cancellationToken: TestInstance.Token);
        }
    }

    [Fact]
    public async Task Database_that_refused_is_asked_again_after_a_fifth_of_a_second()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => 1);
        cache.State.End(cache.State.Current!, "test");
        async Task<int> QueriesAsync()
        {
            var trace = CacheTrace.Begin();
            await cache.Cache.GetOrCreateAsync(OfflineCache.Key, _ => new ValueTask<int>(2), tags: [OfflineCache.Tag], cancellationToken: TestInstance.Token);
            return trace.GenerationQueries;
        }

        Assert.Equal((1, 0), (await QueriesAsync(), await QueriesAsync()));
        cache.Time.Advance(TimeSpan.FromMilliseconds(200) - Tick);
        Assert.Equal(0, await QueriesAsync());
        cache.Time.Advance(Tick);
        Assert.Equal(1, await QueriesAsync());
    }

    [Fact]
    public async Task Value_of_a_future_moment_is_not_found_by_present_readers()
    {
        static (string, DateTimeOffset) DayOf(DateTimeOffset moment) => ($"{moment:yyyyMMdd}", new(moment.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        using var cache = await OfflineCache.CreateAsync(c => c.AddLayer(new CacheLayer("day", "day:", Hour, Hour) { Qualifier = DayOf }), "day:1");
        await PreloadAsync(cache.Time.GetUtcNow().AddDays(1));

        Assert.Equal(("today", CacheOutcome.Miss), await cache.ReadAsync(() => "today", key: "day:1"));
        cache.Time.Advance(TimeSpan.FromDays(1));
        cache.Confirm();

        var (value, _) = await cache.ReadAsync(() => "anew", key: "day:1");
        Assert.Equal("tomorrow", value);

        async Task PreloadAsync(DateTimeOffset moment)
        {
            CachePreloading.Begin(moment);
            var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromDays(3), Flags = HybridCacheEntryFlags.DisableLocalCache };
            await cache.Cache.GetOrCreateAsync(
                "day:1",
                _ =>
                {
                    Assert.Equal(moment, CacheComputation.Current!.AsOf);
                    return new ValueTask<string>("tomorrow");
                },
                options, [OfflineCache.Tag], TestInstance.Token);
            await TestInstance.EventuallyAsync(() => cache.Redis.Writes == 1);
        }
    }

    [Fact]
    public async Task Absence_that_is_found_while_another_read_asks_is_that_reads_answer()
    {
        using var cache = await CountedCache.CreateAsync(
            configure: static builder => builder.AddLayer(new CacheLayer("absent", OfflineCache.Key, Hour, Hour) { NotFoundFor = Hour }));
        var runs = 0;
        Task<(string? Value, CacheOutcome? Outcome)> ReadAsync() => cache.Offline.ReadAsync<string?>(() =>
        {
            runs++;
            return null;
        });
        cache.OnNextQuestion(async () => Assert.Null((await ReadAsync()).Value));

        Assert.Null((await ReadAsync()).Value);
        Assert.Equal(1, runs);
    }

    private static (int Number, CacheOutcome? Outcome) Numbered((Offer Offer, CacheOutcome? Outcome) read) => (read.Offer.Number, read.Outcome);

    /// <summary>An offline cache over an inner one that counts the questions to it.</summary>
    private sealed class CountedCache : IDisposable
    {
        private readonly Counting _inner = new();

        public OfflineCache Offline { get; private set; } = null!;

        public static async Task<CountedCache> CreateAsync(
            Func<DateTimeOffset, (string, DateTimeOffset)>? qualifier = null, Action<GenerationalCacheBuilder>? configure = null)
        {
            var counted = new CountedCache();
            (string, DateTimeOffset)? first = null;
            counted.Offline = await OfflineCache.CreateAsync(cache =>
            {
                cache.KeepIn(_ => counted._inner);
                configure?.Invoke(cache);
                if (qualifier is not null)
                {
                    cache.AddLayer(new CacheLayer("qualified", OfflineCache.Key, Hour, Hour) { Qualifier = now => first ??= qualifier(now) });
                }
            });
            return counted;
        }

        /// <summary>Runs once, when the inner cache is asked next, before it is.</summary>
        public void OnNextQuestion(Func<Task> action) => _inner.OnQuestion = action;

        /// <summary>Reads once after each of the times; the questions after each read.</summary>
        public async Task<List<int>> CountAsync<T>(Func<T> compute, HybridCacheEntryOptions? options, params TimeSpan[] after)
        {
            List<int> counts = [];
            foreach (var time in after)
            {
                Offline.Time.Advance(time);
                await Offline.ReadAsync(compute, options);
                counts.Add(_inner.Questions);
            }

            return counts;
        }

        public void Dispose() => Offline.Dispose();
    }

    private sealed class Counting : HybridCache
    {
        private readonly HybridCache _cache = CreatePlain();

        public int Questions { get; private set; }

        public Func<Task>? OnQuestion { get; set; }

        public override async ValueTask<T> GetOrCreateAsync<TState, T>(
            string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
            IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            Questions++;
            if (OnQuestion is { } action)
            {
                OnQuestion = null;
                await action();
            }

            return await _cache.GetOrCreateAsync(key, state, factory, options, tags, cancellationToken);
        }

        public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ValueTask SetAsync<T>(
            string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        private static HybridCache CreatePlain()
        {
            var services = new ServiceCollection();
            services.AddHybridCache();
            return services.BuildServiceProvider().GetRequiredService<HybridCache>();
        }
    }

    [ImmutableObject(true)]
    private sealed record Offer(int Number, DateTimeOffset? ValidUntil) : IExpiringValue;

    private sealed record Mutable;
}
