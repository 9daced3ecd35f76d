using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

public sealed class HousekeepingJobTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_was_kept_long_enough_is_forgotten()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();
        var user = new User { Id = Guid.CreateVersion7(), UserName = "kim", SecurityStamp = "" };
        context.Users.Add(user);
        var now = IngestionHarness.Now;
        context.IdempotencyKeys.AddRange(NewKey(user, "kept", now.AddHours(-24)), NewKey(user, "forgotten", now.AddHours(-24).AddSeconds(-1)));
        context.AuditEntries.AddRange(NewEntry("kept", now.AddDays(-365)), NewEntry("forgotten", now.AddDays(-365).AddSeconds(-1)));
        context.CacheEvictions.AddRange(NewEviction("kept", now.AddDays(-7)), NewEviction("forgotten", now.AddDays(-7).AddSeconds(-1)));
        context.CacheMinutes.AddRange(NewMinute("kept", now.AddDays(-7)), NewMinute("forgotten", now.AddDays(-7).AddMinutes(-1)));
        await context.SaveChangesAsync(CancellationToken);

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        Assert.Equal(["kept"], await context.IdempotencyKeys.Select(key => key.Key).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.AuditEntries.Select(entry => entry.Target).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.CacheEvictions.Select(eviction => eviction.Reason).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.CacheMinutes.Select(minute => minute.Layer).ToListAsync(CancellationToken));
        Assert.Empty(await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Page_of_the_last_suspicious_run_of_each_board_stays_however_old_it_is()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var before = IngestionHarness.Now.AddDays(-30).AddSeconds(-1);
        await AddPageAsync(harness, Agency.NTIS, "forgotten", before);
        await AddPageAsync(harness, Agency.NTIS, "of the last month", before.AddSeconds(1));
        await AddPageAsync(harness, Agency.KEIT, "forgotten", before.AddDays(-300));
        await AddPageAsync(harness, Agency.KEIT, "the board's last one", before.AddDays(-200));
        await using var context = harness.CreateContext();

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        Assert.Equal(
            ["of the last month", "the board's last one"],
            await context.ScrapePages.OrderBy(page => page.Text).Select(page => page.Text).ToListAsync(CancellationToken));
        Assert.Equal(4, (await harness.RunsAsync()).Count);
    }

    private static async Task AddPageAsync(IngestionHarness harness, Agency agency, string text, DateTimeOffset keptAt)
    {
        var run = await harness.AddRunAsync(agency, ScrapeStatus.Suspicious);
        await using var context = harness.CreateContext();
        context.ScrapePages.Add(new() { RunId = run.Id, Reason = Suspicion.LayoutLost, Address = "/list", Text = text, KeptAt = keptAt });
        await context.SaveChangesAsync(CancellationToken);
    }

    private static IdempotencyKey NewKey(User user, string key, DateTimeOffset at) =>
        new() { UserId = user.Id, Key = key, Operation = "test", RequestHash = "", CreatedAt = at };

    private static CacheEviction NewEviction(string reason, DateTimeOffset at) => new() { At = at, Tags = ["programs"], Reason = reason };

    private static CacheMinute NewMinute(string layer, DateTimeOffset minute) => new() { Minute = minute, Layer = layer };

    private static AuditEntry NewEntry(string target, DateTimeOffset at) =>
        new() { UserId = Guid.CreateVersion7(), Method = "POST", Route = "/", Target = target, TraceId = "", At = at };
}
