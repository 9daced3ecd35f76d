using System.Collections.Concurrent;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Functional.Boards;

public sealed class HostLimitsTests(RunningApplication application)
{
    private const string Host = "board.example:443";

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moments_are_distinct_and_spaced_when_two_workers_reserve_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var first = Primary(database);
        await using var second = Primary(database);
        HostLimits[] workers = [new(first), new(second)];
        ConcurrentBag<DateTimeOffset> granted = [];

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = CancellationToken };
        await Parallel.ForAsync(0, 100, parallel, async (i, token) =>
        {
            var reservation = await workers[i % 2].ReserveAsync(Host, Spacing, Hour, token);
            Assert.True(reservation.IsGranted);
            granted.Add(reservation.At);
        });

        var moments = granted.Order().ToList();
        Assert.Equal(100, moments.Count);
        Assert.All(moments.Zip(moments.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Spacing));
    }

    [Fact]
    public async Task Moments_of_one_host_are_none_of_anothers_when_both_are_asked()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = Primary(database);
        var limits = new HostLimits(primary);

        await limits.ReserveAsync(Host, Spacing * 100, Hour, CancellationToken);
        var other = await limits.ReserveAsync("board.example:80", Spacing, TimeSpan.Zero, CancellationToken);

        Assert.True(other.IsGranted);
        Assert.True(other.Wait <= TimeSpan.Zero);
    }

    [Fact]
    public async Task Moments_are_no_burst_when_the_host_was_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = Primary(database);
        var limits = new HostLimits(primary);
        var start = await limits.ReserveAsync(Host, Spacing, Hour, CancellationToken);
        await MoveAsync(database, TimeSpan.FromDays(-1));

        var first = await limits.ReserveAsync(Host, Spacing, Hour, CancellationToken);
        var second = await limits.ReserveAsync(Host, Spacing, Hour, CancellationToken);

        Assert.True(first.At > start.At);
        Assert.True(first.Wait <= TimeSpan.Zero);
        Assert.Equal(Spacing, second.At - first.At);
        Assert.True(second.Wait > TimeSpan.Zero && second.Wait <= Spacing);
    }

    [Fact]
    public async Task Moment_is_refused_and_stays_free_when_it_is_too_far_away()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = Primary(database);
        var limits = new HostLimits(primary);
        var first = await limits.ReserveAsync(Host, Hour, Hour, CancellationToken);

        var refused = await limits.ReserveAsync(Host, Hour, TimeSpan.FromMinutes(2), CancellationToken);
        var second = await limits.ReserveAsync(Host, Hour, Hour, CancellationToken);

        Assert.Equal((false, first.At + Hour), (refused.IsGranted, refused.At));
        Assert.Equal((true, first.At + Hour), (second.IsGranted, second.At));
    }

    [Fact]
    public async Task Pause_moves_the_next_moment_only_forward_when_it_is_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = Primary(database);
        var limits = new HostLimits(primary);
        await limits.PauseAsync(Host, TimeSpan.FromMinutes(10), CancellationToken);
        var paused = await NextAsync(database);

        await limits.PauseAsync(Host, TimeSpan.FromMinutes(1), CancellationToken);
        Assert.Equal(paused, await NextAsync(database));

        await limits.PauseAsync(Host, TimeSpan.FromMinutes(20), CancellationToken);
        Assert.True(await NextAsync(database) >= paused + TimeSpan.FromMinutes(9));
    }

    internal static PrimaryDatabase Primary(TestDatabase database) => Primary(database.ConnectionString);

    internal static PrimaryDatabase Primary(string connectionString) => new(connectionString, Options.Create(new CacheOptions()), TimeProvider.System);

    internal static async Task<DateTimeOffset> NextAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.HostLimits.Where(limit => limit.Host == Host).Select(limit => limit.NextRequestAt).SingleAsync(CancellationToken);
    }

    private static async Task MoveAsync(TestDatabase database, TimeSpan by)
    {
        await using var context = database.CreateContext();
        await context.HostLimits.ExecuteUpdateAsync(
            set => set.SetProperty(limit => limit.NextRequestAt, limit => limit.NextRequestAt + by), CancellationToken);
    }
}
