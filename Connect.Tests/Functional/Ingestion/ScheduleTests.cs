using Connect.Data;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Warming;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The schedule as Quartz keeps it in Postgres, with one worker and with two.</summary>
public sealed class ScheduleTests(RunningApplication application)
{
    private const string Reading = "enqueue-scrapes";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2027, 6, "09:00,15:00")]
    [InlineData(2027, 2, "09:00,12:00,15:00,18:00")]
    [InlineData(2027, 12, "09:00,15:00")]
    public async Task Boards_are_read_at_the_hours_of_the_season_in_korea(int year, int month, string expected)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        using var worker = await StartAsync(database);
        var scheduler = await worker.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken);

        var (from, to) = (new DateTimeOffset(year, month, 10, 0, 0, 0, SeoulTime.Offset), new DateTimeOffset(year, month, 11, 0, 0, 0, SeoulTime.Offset));
        List<DateTimeOffset> hours = [];
        foreach (var trigger in await scheduler.GetTriggersOfJob(new JobKey(Reading), CancellationToken))
        {
            Assert.Equal(CronTriggerMisfireInstruction.FireAndProceed, Assert.IsAssignableFrom<ICronTrigger>(trigger).MisfireInstruction);
            for (var fire = trigger.GetFireTimeAfter(from); fire < to; fire = trigger.GetFireTimeAfter(fire))
            {
                hours.Add(fire.Value.ToOffset(SeoulTime.Offset));
            }
        }

        Assert.Equal(expected, string.Join(',', hours.Order().Select(hour => hour.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))));
        await worker.StopAsync(CancellationToken);
    }

    [Fact]
    public async Task Missed_reading_is_made_up_for_once_by_one_of_two_workers()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        using (var before = await StartAsync(database))
        {
            await before.StopAsync(CancellationToken);
        }

        // No worker ran for a day and a half: three runs were missed.
        await ExecuteAsync(database, TimeProvider.System.GetUtcNow().AddHours(-36).UtcTicks);
        using var first = await StartAsync(database);
        using var second = await StartAsync(database);

        await TestInstance.EventuallyAsync(async () => await NextReadingAsync(database) > TimeProvider.System.GetUtcNow().UtcTicks && (await RunsAsync(database)).Count > 0);

        await first.StopAsync(CancellationToken);
        await second.StopAsync(CancellationToken);
        var runs = await RunsAsync(database);
        Assert.Equal([Agency.IITP, Agency.NTIS], runs.Select(run => run.Agency).Order());
        Assert.All(runs, run => Assert.Equal(ScrapeTrigger.Schedule, run.Trigger));
    }

    [Fact]
    public async Task Schedule_is_only_the_new_one_when_configuration_has_changed()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        using (var before = await StartAsync(database))
        {
            await before.StopAsync(CancellationToken);
        }

        using var worker = await StartAsync(database, "0 30 7 * * ?");
        var scheduler = await worker.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken);

        await TestInstance.EventuallyAsync(async () => (await scheduler.GetTriggersOfJob(new JobKey(Reading), CancellationToken)).Count == 1);

        var trigger = Assert.Single(await scheduler.GetTriggersOfJob(new JobKey(Reading), CancellationToken));
        Assert.Equal("0 30 7 * * ?", Assert.IsAssignableFrom<ICronTrigger>(trigger).CronExpressionString);
        await worker.StopAsync(CancellationToken);
    }

    private static async Task<IHost> StartAsync(TestDatabase database, string? cron = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DataRegistration.ConnectionName}"] = database.ConnectionString,
            ["Schedule:ScrapeWhenEmpty"] = "false",
            ["Warming:Enabled"] = "false",
        });
        if (cron is not null)
        {
            builder.Configuration["Schedule:Crons:0"] = cron;
        }

        builder.Services.AddDistributedMemoryCache();
        builder.Services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
            ConnectDbContext.Configure(options);
        });
        builder.Services.AddConnectData();
        builder.Services.AddScrapePipeline();
        builder.Services.AddWarming();
        builder.Services.AddSingleton<IAnnouncementSource>(new FakeSource());
        builder.Services.AddSingleton<IAnnouncementSource>(new FakeSource(Agency.IITP));
        builder.AddScheduling();
        var host = builder.Build();
        await host.StartAsync(CancellationToken);
        return host;
    }

    private static async Task ExecuteAsync(TestDatabase database, long ticks)
    {
        await using var context = database.CreateContext();
        Assert.Equal(1, await context.Database.ExecuteSqlAsync(
            $"update qrtz_triggers set next_fire_time = {ticks} where job_name = {Reading} and trigger_name like '%9,15%'", CancellationToken));
    }

    private static async Task<long> NextReadingAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.Database.SqlQuery<long>(
            $"select next_fire_time as \"Value\" from qrtz_triggers where job_name = {Reading} and trigger_name like '%9,15%'").SingleAsync(CancellationToken);
    }

    private static async Task<List<ScrapeRun>> RunsAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.ScrapeRuns.AsNoTracking().ToListAsync(CancellationToken);
    }
}
