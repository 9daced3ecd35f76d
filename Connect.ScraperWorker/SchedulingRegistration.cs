using Connect.Data;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Diagnostics;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Startup;
using Connect.ScraperWorker.Warming;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker;

/// <summary>Registers the hosted services: migrations, the queue's dispatcher, and the jobs of Quartz with their triggers.</summary>
internal static class SchedulingRegistration
{
    private const string Hourly = "0 5 * * * ?";
    private const string HourlyCleaning = "0 25 * * * ?";

    public static void AddScheduling(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<QueueOptions>, QueueOptionsValidator>();
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HousekeepingOptions>, HousekeepingOptionsValidator>();
        services.AddOptions<HousekeepingOptions>().BindConfiguration(HousekeepingOptions.SectionName).ValidateOnStart();
        services.AddSingleton<DatabaseReady>();
        services.AddHostedService<DatabaseMigrator>();
        services.AddHostedService<ScrapeDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<Reclassifier>());
        services.AddHostedService(provider => provider.GetRequiredService<LastSuccesses>());

        var schedule = builder.Configuration.GetSection(ScheduleOptions.SectionName).Get<ScheduleOptions>() ?? new ScheduleOptions();
        var warming = builder.Configuration.GetSection(WarmingOptions.SectionName).Get<WarmingOptions>() ?? new WarmingOptions();
        var connectionString = builder.Configuration.GetConnectionString(DataRegistration.ConnectionName) ?? "";
        var triggers = new ConfiguredTriggers();
        services.AddSingleton(triggers);
        services.AddHostedService<StaleTriggers>();

        // A restart must keep the stored trigger: a new one would not know the times that were missed.
        services.Configure<QuartzOptions>(static options => options.Scheduling.IgnoreDuplicates = true);
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();

                // Quartz creates the tables that it lacks; they are in no migration of Connect.
                store.ProvisionSchema();
            });
            triggers.Jobs.UnionWith([EnqueueScrapesJob.Key, ExpireProgramsJob.Key, HousekeepingJob.Key, NextDayWarmingJob.Key]);
            quartz.AddJob<EnqueueScrapesJob>(job => job.WithIdentity(EnqueueScrapesJob.Key).StoreDurably());
            quartz.AddJob<ExpireProgramsJob>(job => job.WithIdentity(ExpireProgramsJob.Key).StoreDurably());
            quartz.AddJob<HousekeepingJob>(job => job.WithIdentity(HousekeepingJob.Key).StoreDurably());
            foreach (var cron in schedule.EffectiveCrons)
            {
                AddCron(quartz, triggers, EnqueueScrapesJob.Key, cron);
            }

            AddCron(quartz, triggers, ExpireProgramsJob.Key, Hourly);
            AddCron(quartz, triggers, HousekeepingJob.Key, HourlyCleaning);
            quartz.AddJob<NextDayWarmingJob>(job => job.WithIdentity(NextDayWarmingJob.Key).StoreDurably());
            if (warming.Enabled)
            {
                AddCron(quartz, triggers, NextDayWarmingJob.Key, warming.NextDayCron);
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void AddCron(IQuartzBuilder quartz, ConfiguredTriggers triggers, JobKey job, string cron) =>
        quartz.AddTrigger(trigger => trigger
            .ForJob(job)
            .WithIdentity(triggers.Add(job, cron))
            .WithCronSchedule(cron, schedule => schedule
                .InTimeZone(SeoulTime.Zone)

                // Times that were missed while no instance ran fire once, however many there were.
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
}
