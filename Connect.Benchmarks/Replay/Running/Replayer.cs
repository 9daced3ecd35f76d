using Connect.Benchmarks.Replay.Figures;
using Connect.Benchmarks.Replay.Plan;
using Connect.Benchmarks.Replay.Rules;
using Connect.Caching.Diagnostics;
using Connect.Data.Caching;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>
/// Plays a week, one event after the other: sets the clock, carries the event out, and waits until all instances have
/// learned of its evictions.
/// </summary>
internal sealed class Replayer(ReplaySite site, ReplayPlan plan, ReplayRules rules, ReplaySystem system)
{
    // Reads before the week, so that no figure is that of a new process. Every fourth is a day after the one before, so
    // that
    // it is a miss. All of it has expired at the week's start.
    private const int Practice = 240;
    private const int PracticePerDay = 4;

    private static readonly TimeSpan PracticeDay = TimeSpan.FromHours(25);

    private static readonly string[] Technologies = ["인공지능", "이차전지", "스마트팜", "신약", "로봇", "수소", "양자", "위성"];

    private readonly ReplayTally _tally = new();
    private int _changes;

    /// <summary>The clock's time at the system's start, which leaves time for those reads.</summary>
    public static readonly DateTimeOffset StartsAt = SeoulWeek.Start.AddDays(-3 * SeoulWeek.Days) - (PracticeDay * (Practice / PracticePerDay));

    public async Task<ReplayResult> RunAsync()
    {
        await PractiseAsync();
        await StatementCounts.ResetAsync(site.Postgres);
        await LeadInAsync();
        var leadIn = await StatementCounts.ReadAsync(site.Postgres);
        await site.Postgres.ExecuteAsync("delete from cache_warmings", CancellationToken.None);

        var before = ReadLayers();
        await StatementCounts.ResetAsync(site.Postgres);
        foreach (var happens in plan.Events)
        {
            await system.MoveToAsync(happens.At);
            await HappenAsync(happens);
        }

        var layers = ReadLayers().Zip(before, LayerUse.Between);
        return new(
            _tally, [.. layers], await StatementCounts.ReadAsync(site.Postgres), await WarmingTotals.ReadAsync(site.Postgres),
            leadIn[StatementKind.GenerationRead]);
    }

    private async Task PractiseAsync()
    {
        var at = StartsAt;
        for (var question = 0; question < Practice; question++)
        {
            if (question % PracticePerDay == 0)
            {
                await system.MoveToAsync(at += PracticeDay);
            }

            await AskAsync(system.NextInstance(), site.Organizations[0]);
        }
    }

    // The system has been running for a while: every instance has read every organization, and the worker has warmed
    // the
    // first day's rankings on the evening before.
    private async Task LeadInAsync()
    {
        foreach (var check in rules.Caches ? plan.LeadIn : [])
        {
            await system.MoveToAsync(check.At);
            foreach (var instance in system.Instances)
            {
                await AskAsync(instance, site.Organizations[check.Organization]);
            }
        }

        await system.MoveToAsync(ReplayPlan.EveBefore);
        await HappenAsync(new NextDayDue(ReplayPlan.EveBefore));
        await HappenAsync(new WarmingLook(ReplayPlan.EveBefore));
        await system.MoveToAsync(SeoulWeek.Start);
    }

    private async Task HappenAsync(ReplayEvent happens)
    {
        switch (happens)
        {
            case Check check:
                var (answer, elapsed) = await AskAsync(system.NextInstance(), site.Organizations[check.Organization]);
                _tally.Add(answer, elapsed);
                break;
            case ProfileChange change:
                await ChangeAsync(site.Organizations[change.Organization]);
                break;
            case ScrapesDue:
                await system.Worker.EnqueueScrapesAsync();
                break;
            case ScrapeEnds ends:
                await ScrapeAsync(ends);
                break;
            case ExpiryDue when rules.FlushesAlways:
                await system.Worker.ExpireSilentlyAsync();
                break;
            case ExpiryDue:
                await system.Worker.ExpireAsync();
                await AwaitSharedEvictionsAsync();
                break;
            case NextDayDue when rules.Warms:
                await system.Worker.RequestNextDayAsync();
                break;
            case WarmingLook when rules.Warms:
                await system.Worker.WarmAsync();
                await system.Worker.Cache.AwaitStoredAsync();
                break;
        }
    }

    private static async Task<(CheckAnswer Answer, TimeSpan Elapsed)> AskAsync(ReplayInstance instance, SeededOrganization organization)
    {
        var question = instance.Question(organization);
        var started = Stopwatch.GetTimestamp();
        var bytes = await instance.AskAsync(question);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var answer = CheckAnswer.Read(bytes);
        await instance.Cache.AwaitStoredAsync();
        return (answer, elapsed);
    }

    private async Task ChangeAsync(SeededOrganization organization)
    {
        await system.NextInstance().ChangeAsync(organization, Technologies[_changes++ % Technologies.Length]);
        await system.AwaitEvictionsAsync(ConnectTags.Organization(organization.Id));
    }

    private async Task ScrapeAsync(ScrapeEnds ends)
    {
        _tally.Add(await system.Worker.ScrapeAsync(ends.Board));
        if (rules.FlushesAlways)
        {
            await system.Worker.FlushAsync();
        }

        await AwaitSharedEvictionsAsync();
    }

    private Task AwaitSharedEvictionsAsync() => system.AwaitEvictionsAsync(ConnectTags.Programs, ConnectTags.Matches);

    // Of both instances. The worker's reads are not requests of callers.
    private LayerSnapshot[] ReadLayers() =>
        [.. system.Instances.SelectMany(instance => instance.Cache.ReadLayers()).GroupBy(layer => layer.Name).Select(LayerUse.Sum)];
}
