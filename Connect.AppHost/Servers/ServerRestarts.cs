using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connect.AppHost.Servers;

/// <summary>
/// Restarts servers that ended with an error, which Aspire's orchestrator does not. A server that was stopped on
/// purpose ends with exit code 0, and stays stopped.
/// </summary>
internal sealed partial class ServerRestarts(
    IReadOnlySet<string> names, ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs, TimeProvider timeProvider)
    : BackgroundService
{
    private readonly Dictionary<string, RestartPolicy> _policies = names.ToDictionary(name => name, _ => new RestartPolicy(timeProvider));
    private readonly Dictionary<string, string> _states = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            if (!_policies.TryGetValue(change.Resource.Name, out var policy)
                || change.Snapshot.State?.Text is not { } state
                || _states.GetValueOrDefault(change.Resource.Name) == state)
            {
                continue;
            }

            _states[change.Resource.Name] = state;
            if (state == KnownResourceStates.Running)
            {
                policy.OnStarted();
            }
            else if ((state == KnownResourceStates.Exited || state == KnownResourceStates.Finished) && change.Snapshot.ExitCode is not (0 or null))
            {
                await RestartAsync(change, policy, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RestartAsync(ResourceEvent crash, RestartPolicy policy, CancellationToken cancellationToken)
    {
        var log = logs.GetLogger(crash.Resource);
        if (policy.OnCrashed() is not { } delay)
        {
            Log.GivenUp(log, crash.Resource.Name, crash.Snapshot.ExitCode, RestartPolicy.ShortRunsBeforeGivingUp);
            return;
        }

        Log.Restarting(log, crash.Resource.Name, crash.Snapshot.ExitCode, delay.TotalSeconds);
        await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        var started = await commands.ExecuteCommandAsync(crash.ResourceId, KnownResourceCommands.StartCommand, cancellationToken).ConfigureAwait(false);
        if (!started.Success)
        {
            Log.NotStarted(log, crash.Resource.Name, started.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Name} ended with exit code {ExitCode}: starting it again in {Seconds} s.")]
        public static partial void Restarting(ILogger logger, string name, int? exitCode, double seconds);

        [LoggerMessage(2, LogLevel.Error, "{Name} ended with exit code {ExitCode}, {Times} times in a row: giving up. 'aspire resource {Name} start' tries once more.")]
        public static partial void GivenUp(ILogger logger, string name, int? exitCode, int times);

        [LoggerMessage(3, LogLevel.Error, "{Name} could not be started again: {Message}")]
        public static partial void NotStarted(ILogger logger, string name, string? message);
    }
}

/// <summary>Marks a resource that is started again after a crash.</summary>
internal sealed class RestartsAnnotation : IResourceAnnotation;

/// <summary>Registers servers for restarts.</summary>
internal static class ServerRestartsExtensions
{
    /// <summary>Has the resource started again when it ends with an error.</summary>
    public static IResourceBuilder<T> WithRestarts<T>(this IResourceBuilder<T> builder)
        where T : ExecutableResource
    {
        var services = builder.ApplicationBuilder.Services;
        if (services.All(static service => service.ServiceType != typeof(ServerRestarts)))
        {
            services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<ServerRestarts>(
                provider,
                (IReadOnlySet<string>)provider.GetRequiredService<DistributedApplicationModel>().Resources
                    .Where(static resource => resource.Annotations.OfType<RestartsAnnotation>().Any())
                    .Select(static resource => resource.Name).ToHashSet()));
            services.AddHostedService(static provider => provider.GetRequiredService<ServerRestarts>());
        }

        return builder.WithAnnotation(new RestartsAnnotation());
    }
}
