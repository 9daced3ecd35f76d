using Connect.ScraperWorker.Startup;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>The triggers in configuration.</summary>
internal sealed class ConfiguredTriggers
{
    private readonly HashSet<(JobKey Job, string Name)> _triggers = [];

    /// <summary>The jobs that can have triggers.</summary>
    public HashSet<JobKey> Jobs { get; } = [];

    /// <summary>Adds a trigger.</summary>
    /// <returns>Its name, made of job and times.</returns>
    public string Add(JobKey job, string cron)
    {
        var name = $"{job.Name}: {cron}";
        _triggers.Add((job, name));
        return name;
    }

    public bool Contains(ITrigger trigger) => _triggers.Contains((trigger.JobKey, trigger.Key.Name));
}

/// <summary>
/// Removes stored triggers that configuration no longer has. Quartz's tables keep triggers over a restart, so that
/// missed times are made up for; without this, an old schedule would fire beside the new one.
/// </summary>
internal sealed partial class StaleTriggers(
    ISchedulerFactory schedulers, ConfiguredTriggers configured, DatabaseReady ready, ILogger<StaleTriggers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        try
        {
            var scheduler = await schedulers.GetScheduler(stoppingToken);
            foreach (var job in configured.Jobs)
            {
                foreach (var trigger in await scheduler.GetTriggersOfJob(job, stoppingToken))
                {
                    if (!configured.Contains(trigger) && await scheduler.UnscheduleJob(trigger.Key, stoppingToken))
                    {
                        Log.Removed(logger, trigger.Key.Name);
                    }
                }
            }
        }
        catch (SchedulerException exception)
        {
            // The worker continues: an old schedule only reads boards too often.
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The schedule no longer has {Trigger}")]
        public static partial void Removed(ILogger logger, string trigger);

        [LoggerMessage(2, LogLevel.Warning, "Old schedules could not be removed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
