using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed.Security;

/// <summary>Servers that go away and come back under load: answers say so, and nothing has to be restarted.</summary>
public sealed class OutageTests(OutageSystem system, ITestOutputHelper output) : IClassFixture<OutageSystem>
{
    private const string Cached = "cached";
    private const string Database = "database";
    private const string Unread = "unread";
    private const string Change = "change";
    private const int Enough = 60;

    // The page's notice that its data is from the last successful read.
    private const string Banner = "class=\"ops-banner\"";

    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    // A longer form: CONNECT_OUTAGE_SECONDS.
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("CONNECT_OUTAGE_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 3);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cached_answers_go_on_marked_stale_and_others_are_refused_while_Postgres_is_away()
    {
        await AwaitWellAsync();
        using var operatorOnDuty = new OperationsVisitor(system.Clients[0].Address);
        using var signedIn = await operatorOnDuty.SignInAsync();
        Assert.DoesNotContain(Banner, await ShowOperationsAsync(operatorOnDuty), StringComparison.Ordinal);
        await using var load = new OutageLoad();
        StartReaders(load);
        for (var process = 0; process < system.Clients.Count; process++)
        {
            var asked = process;
            load.Start(Unread, asked, number => load.Phase is OutagePhase.Down or OutagePhase.After
                ? system.ReadUnreadAsync(asked, number)
                : system.ReadDatabaseAsync(asked));
        }

        await TestInstance.EventuallyAsync(() => load.Count(OutagePhase.Before, Cached) >= Enough && load.Count(OutagePhase.Before, Database) >= Enough);
        load.Phase = OutagePhase.Stopping;
        await system.Postgres.StopAsync();
        load.Phase = OutagePhase.Down;
        var down = Stopwatch.GetTimestamp();
        await TestInstance.EventuallyAsync(() => Stopwatch.GetElapsedTime(down) > Length
            && load.Count(OutagePhase.Down, Cached, answer => answer.IsStale) >= Enough
            && load.Count(OutagePhase.Down, Unread) >= Enough);

        // With an empty list Prometheus would drop all targets.
        Assert.True(IsRefusal(await system.Clients[0].GetAsync("/metrics/targets")));

        // The page shows the outage, even if it is opened during it.
        Assert.Contains(Banner, await ShowOperationsAsync(operatorOnDuty), StringComparison.Ordinal);
        load.Phase = OutagePhase.Starting;
        await system.Postgres.StartAsync(CancellationToken);
        var up = Stopwatch.GetTimestamp();
        await AwaitWellAsync();
        var recovery = Stopwatch.GetElapsedTime(up);
        load.Phase = OutagePhase.After;
        await TestInstance.EventuallyAsync(() => load.Count(OutagePhase.After, Cached) >= Enough && load.Count(OutagePhase.After, Unread) >= Enough);
        await load.StopAsync();
        await AssertChangeIsSeenAsync(readinessLevel: 7);

        Report(load, $"recovered after {recovery.TotalSeconds:0.00} s");
        AssertAll(load, sample => sample.Answer.Took < MostWait);
        AssertAll(load, sample => sample.Kind != Cached || sample.Answer.Status == HttpStatusCode.OK);
        AssertAll(load, sample => sample.Kind == Cached || sample.Answer.Status == HttpStatusCode.OK || IsRefusal(sample.Answer));
        AssertAll(load, sample => sample.Kind == Cached || sample.Phase != OutagePhase.Down || IsRefusal(sample.Answer));
        AssertAll(load, sample => sample.Phase is not (OutagePhase.Before or OutagePhase.After) || sample.Answer is { Status: HttpStatusCode.OK, IsStale: false });
        Assert.All(Enumerable.Range(0, system.Clients.Count), process =>
            Assert.Contains(load.Samples, sample => sample.Process == process && sample is { Phase: OutagePhase.Down, Answer.IsStale: true }));
    }

    [Fact]
    public async Task Nothing_fails_while_Redis_is_away()
    {
        await AwaitWellAsync();
        await using var load = new OutageLoad();
        StartReaders(load);

        // Every change causes misses, which read Redis.
        load.Start(Change, 0, number => number % 10 == 0 ? system.ChangeAsync(0, 1 + (number / 10 % 9)) : system.ReadCachedAsync(0));
        await TestInstance.EventuallyAsync(() => load.Count(OutagePhase.Before, Cached, answer => answer.Cache == "redis") > 0);
        load.Phase = OutagePhase.Stopping;
        await system.Redis.KillAsync();
        load.Phase = OutagePhase.Down;
        var down = Stopwatch.GetTimestamp();
        await TestInstance.EventuallyAsync(() => Stopwatch.GetElapsedTime(down) > Length
            && load.Count(OutagePhase.Down, Cached) >= Enough
            && load.Count(OutagePhase.Down, Cached, answer => answer.Cache == "miss") > 5);

        load.Phase = OutagePhase.Starting;
        await system.Redis.StartAsync(keepSnapshot: false, CancellationToken);
        load.Phase = OutagePhase.After;
        await TestInstance.EventuallyAsync(() => load.Count(OutagePhase.After, Cached, answer => answer.Cache == "redis") > 0);
        await load.StopAsync();

        Report(load, "no error");
        AssertAll(load, sample => sample.Answer is { Status: HttpStatusCode.OK, IsStale: false } && sample.Answer.Took < MostWait);
        Assert.Equal(0, load.Count(OutagePhase.Down, Cached, answer => answer.Cache == "redis"));
    }

    private static async Task<string> ShowOperationsAsync(OperationsVisitor visitor)
    {
        using var page = await visitor.GetAsync("/ops");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return await page.Content.ReadAsStringAsync(CancellationToken);
    }

    private static bool IsRefusal(AttackAnswer answer) =>
        answer is { Status: HttpStatusCode.ServiceUnavailable, RetryAfter: not null } && answer.FindMalformation() is null;

    private static void AssertAll(OutageLoad load, Func<OutageSample, bool> condition)
    {
        var wrong = load.Samples.Where(sample => !condition(sample)).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} answers.\n{string.Join('\n', wrong.Take(5))}");
    }

    private async Task AssertChangeIsSeenAsync(int readinessLevel)
    {
        // Another level first: a change that changes nothing would not be seen.
        Assert.Equal(HttpStatusCode.OK, (await system.ChangeAsync(0, readinessLevel - 1)).Status);
        var before = (await system.ReadCachedAsync(0)).ETag;
        await EverywhereAsync(tag => tag == before);
        Assert.Equal(HttpStatusCode.OK, (await system.ChangeAsync(0, readinessLevel)).Status);
        await EverywhereAsync(tag => tag != before);
    }

    private async Task EverywhereAsync(Func<string?, bool> isSeen)
    {
        for (var process = 0; process < system.Clients.Count; process++)
        {
            var asked = process;
            await TestInstance.EventuallyAsync(async () => isSeen((await system.ReadCachedAsync(asked)).ETag));
        }
    }

    private void StartReaders(OutageLoad load)
    {
        for (var process = 0; process < system.Clients.Count; process++)
        {
            var asked = process;
            load.Start(Cached, asked, _ => system.ReadCachedAsync(asked));
            load.Start(Database, asked, _ => system.ReadDatabaseAsync(asked));
        }
    }

    private Task AwaitWellAsync() => TestInstance.EventuallyAsync(async () => await system.IsWellAsync(0) && await system.IsWellAsync(1));

    private void Report(OutageLoad load, string end)
    {
        foreach (var group in load.Samples.GroupBy(sample => (sample.Phase, sample.Kind)).OrderBy(group => group.Key))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Phase} {group.Key.Kind}: {string.Join(", ", group.GroupBy(sample => $"{(int)sample.Answer.Status} {sample.Answer.Cache}").Select(answers => $"{answers.Key}: {answers.Count()}"))}; longest {group.Max(sample => sample.Answer.Took).TotalMilliseconds:0} ms"));
        }

        output.WriteLine(end);
    }
}
