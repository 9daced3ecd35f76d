using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.LocalAspire.Running;

/// <summary>Keeps the phase of a running resource in step with its health checks.</summary>
internal sealed class HealthMonitor(IResource resource, EngineContext engine)
{
    private static readonly TimeSpan EagerInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CalmInterval = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key)];

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="isUp">Whether there is a process to ask; also looks after what only this monitor's beat drives.</param>
    /// <param name="stopping">Ends the watch.</param>
    public async Task RunAsync(Func<CancellationToken, ValueTask<bool>> isUp, CancellationToken stopping)
    {
        var wasHealthy = false;
        while (!stopping.IsCancellationRequested)
        {
            var healthy = await isUp(stopping).ConfigureAwait(false) && await IsHealthyAsync(stopping).ConfigureAwait(false);

            // Asked again: the process may have ended while its health was being checked.
            if (healthy && await isUp(stopping).ConfigureAwait(false))
            {
                engine.States.Set(resource, ResourcePhase.Healthy);
                wasHealthy = true;
            }
            else if (wasHealthy && engine.States[resource] == ResourcePhase.Healthy)
            {
                engine.States.Set(resource, ResourcePhase.Unhealthy);
            }

            await Task.Delay(healthy ? CalmInterval : EagerInterval, engine.TimeProvider, stopping).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            return true;
        }

        var report = await engine.HealthChecks.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy && report.Entries.Count == _keys.Count;
    }
}
