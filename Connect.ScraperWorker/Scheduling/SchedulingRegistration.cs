using Connect.Core.Data;
using Connect.Core.Programs;
using Connect.ScraperWorker.Ingestion;
using Connect.ScraperWorker.Warming;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>Registers what makes runs happen.</summary>
internal static class SchedulingRegistration
{
    private const string Hourly = "0 5 * * * ?";

    public static void AddScheduling(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleOptionsValidator>();
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.SectionName).ValidateOnStart();
        services.AddSingleton<DatabaseReady>();
        services.AddHostedService<DatabaseMigrator>();
        services.AddHostedService<ScrapeDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<Reclassifier>());

        var schedule = builder.Configuration.GetSection(ScheduleOptions.SectionName).Get<ScheduleOptions>() ?? new ScheduleOptions();
        var warming = builder.Configuration.GetSection(WarmingOptions.SectionName).Get<WarmingOptions>() ?? new WarmingOptions();
        var connectionString = builder.Configuration.GetConnectionString(TruthDataSource.ConnectionName) ?? "";
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();

                // Quartz's tables are Quartz's own: it creates what is missing, our migrations know nothing of them.
                store.ProvisionSchema();
            });
            quartz.AddJob<EnqueueScrapesJob>(job => job.WithIdentity(EnqueueScrapesJob.Key).StoreDurably());
            quartz.AddJob<ExpireProgramsJob>(job => job.WithIdentity(ExpireProgramsJob.Key).StoreDurably());
            foreach (var cron in schedule.EffectiveCrons)
            {
                AddCron(quartz, EnqueueScrapesJob.Key, cron);
            }

            AddCron(quartz, ExpireProgramsJob.Key, Hourly);
            quartz.AddJob<NextDayWarmingJob>(job => job.WithIdentity(NextDayWarmingJob.Key).StoreDurably());
            if (warming.Enabled)
            {
                AddCron(quartz, NextDayWarmingJob.Key, warming.NextDayCron);
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void AddCron(IQuartzBuilder quartz, JobKey job, string cron) =>
        quartz.AddTrigger(trigger => trigger
            .ForJob(job)
            .WithIdentity($"{job.Name}: {cron}")
            .WithCronSchedule(cron, schedule => schedule.InTimeZone(SeoulTime.Zone)));
}
