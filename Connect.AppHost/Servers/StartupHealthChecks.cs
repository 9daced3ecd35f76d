using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.AppHost.Servers;

/// <summary>
/// Lets Aspire notice at once that a resource has become healthy. Aspire checks after one second, then after two more,
/// then after three; with services that wait for each other, half of the start was waiting for the next check.
/// </summary>
internal static class StartupHealthChecks
{
    /// <summary>Makes each check repeat itself until it passes for the first time, or for a limited time, before it answers.</summary>
    public static void AddStartupHealthChecks(this IServiceCollection services) =>
        services.PostConfigure<HealthCheckServiceOptions>(static options =>
        {
            foreach (var registration in options.Registrations)
            {
                var (inner, passed) = (registration.Factory, new StrongBox<bool>());
                registration.Factory = provider => new Patient(inner(provider), passed, provider.GetService<TimeProvider>() ?? TimeProvider.System);
            }
        });

    /// <param name="inner">The check.</param>
    /// <param name="passed">Whether it has ever passed.</param>
    /// <param name="timeProvider">The clock.</param>
    internal sealed class Patient(IHealthCheck inner, StrongBox<bool> passed, TimeProvider timeProvider) : IHealthCheck
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var startedAt = timeProvider.GetTimestamp();
            while (true)
            {
                var result = await CheckOnceAsync(context, cancellationToken).ConfigureAwait(false);
                passed.Value |= result.Status == HealthStatus.Healthy;
                if (passed.Value || timeProvider.GetElapsedTime(startedAt) > Patience)
                {
                    return result;
                }

                await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }

        // The checks of HTTP endpoints throw while nothing listens.
        private async Task<HealthCheckResult> CheckOnceAsync(HealthCheckContext context, CancellationToken cancellationToken)
        {
            try
            {
                return await inner.CheckHealthAsync(context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, exception: exception);
            }
        }
    }
}
