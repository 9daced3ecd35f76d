using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Tests.Functional.Boards;

/// <summary>The product's limiter: the database has its own clock, the waiting is on the test's.</summary>
public sealed class HostLimiterTests(RunningApplication application)
{
    private const string Host = "board.example:443";

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_waits_when_the_host_has_its_rest()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = HostLimitsTests.Primary(database);
        var time = new FakeTimeProvider();
        var limiter = Create(new(primary), time);
        await limiter.WaitAsync(Host, Spacing, LongestPause, CancellationToken);
        var first = await HostLimitsTests.NextAsync(database);

        var second = limiter.WaitAsync(Host, Spacing, LongestPause, CancellationToken);
        await AwaitReservationAsync(database, first);
        Assert.False(second.IsCompleted);

        var waited = await RunAsync(second, time);
        Assert.True(waited > Spacing / 2);
    }

    [Fact]
    public async Task Request_fails_and_says_when_to_ask_again_when_another_worker_was_asked_for_a_long_pause()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = HostLimitsTests.Primary(database);
        var limiter = Create(new(primary), new());
        var other = Create(new(primary), new());
        await other.PauseAsync(Host, TimeSpan.FromMinutes(30), CancellationToken);

        var failure = await Assert.ThrowsAsync<BoardException>(() => limiter.WaitAsync(Host, Spacing, LongestPause, CancellationToken));

        var next = await HostLimitsTests.NextAsync(database);
        Assert.Equal(BoardFailure.PausedByHost, failure.Kind);
        Assert.Equal($"{Host} may not be asked before {next:u}: it asked for a pause, or too many requests are waiting", failure.Message);
    }

    [Fact]
    public async Task Moment_is_void_when_the_host_asks_for_a_pause_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = HostLimitsTests.Primary(database);
        var time = new FakeTimeProvider();
        var limiter = Create(new(primary), time);
        await limiter.WaitAsync(Host, Spacing, LongestPause, CancellationToken);
        var first = await HostLimitsTests.NextAsync(database);
        var second = limiter.WaitAsync(Host, Spacing, LongestPause, CancellationToken);
        await AwaitReservationAsync(database, first);

        await limiter.PauseAsync(Host, TimeSpan.FromMinutes(30), CancellationToken);

        var failure = await Assert.ThrowsAsync<BoardException>(() => RunAsync(second, time));
        Assert.Equal(BoardFailure.PausedByHost, failure.Kind);
    }

    [Fact]
    public async Task Request_fails_when_the_database_stays_away()
    {
        await using var primary = HostLimitsTests.Primary("Host=127.0.0.1;Port=1;Username=nobody");
        var time = new FakeTimeProvider();
        var limiter = Create(new(primary), time);
        var start = time.GetUtcNow();

        await Assert.ThrowsAsync<NpgsqlException>(() =>
            RunAsync(limiter.WaitAsync(Host, Spacing, TimeSpan.FromSeconds(5), CancellationToken), time));

        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Crawl_takes_its_moments_from_the_database_when_it_reads_a_board()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var primary = HostLimitsTests.Primary(database);
        var limiter = new HostLimiter(new(primary), TimeProvider.System, NullLogger<HostLimiter>.Instance);
        await using var boards = new BoardsHarness(programs: 60, discovery: true, limiter: limiter);

        Assert.NotEmpty(await boards.ReadAsync(Agency.KIMST));

        await using var context = database.CreateContext();
        var limit = await context.HostLimits.SingleAsync(CancellationToken);
        Assert.Equal(boards.Control.BaseAddress!.Authority, limit.Host);
    }

    private static HostLimiter Create(HostLimits limits, FakeTimeProvider time) => new(limits, time, NullLogger<HostLimiter>.Instance);

    /// <summary>Advances the clock until a request has its turn; returns by how much.</summary>
    private static async Task<TimeSpan> RunAsync(Task request, FakeTimeProvider time)
    {
        var start = time.GetUtcNow();
        while (!request.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await request;
        return time.GetUtcNow() - start;
    }

    private static async Task AwaitReservationAsync(TestDatabase database, DateTimeOffset before)
    {
        await using var context = database.CreateContext();
        while (await context.HostLimits.AllAsync(limit => limit.NextRequestAt <= before, CancellationToken))
        {
        }
    }
}
