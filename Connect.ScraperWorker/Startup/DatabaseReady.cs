using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.ScraperWorker.Startup;

/// <summary>Whether the migrations are applied. Every service of the worker waits for it before its first query.</summary>
internal sealed class DatabaseReady : IHealthCheck
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => _ready.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_ready.Task.IsCompletedSuccessfully
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The migrations are not applied yet."));
}
