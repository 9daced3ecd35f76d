using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.ScraperWorker.Startup;

/// <summary>Tells when the migrations are applied: nothing in the worker touches the database before.</summary>
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
