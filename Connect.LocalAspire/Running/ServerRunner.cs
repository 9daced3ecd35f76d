using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>Runs the one process of a server.</summary>
internal abstract class ServerRunner(IResource resource, EndpointAnnotation endpoint, EngineContext engine) : ResourceRunner(resource, engine)
{
    private volatile bool _isUp;

    public override bool IsServer => true;

    public override Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Engine.Settings.IsTest && endpoint.Port is { } port)
        {
            PortAllocator.EnsureFree(port, Resource.Name);
            endpoint.Allocate(port);
        }
        else
        {
            endpoint.Allocate(PortAllocator.Next());
        }

        return Task.CompletedTask;
    }

    protected abstract ValueTask<ProcessSpec> DescribeAsync(CancellationToken cancellationToken);

    protected override async Task<ResourcePhase> RunCoreAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var monitor = new HealthMonitor(Resource, Engine).RunAsync(_ => new(_isUp), over.Token);
        var loop = new ProcessLoop(Engine, DescribeAsync)
        {
            RestartsAfterSuccess = true,
            OnStarted = () => _isUp = true,
            OnCrashed = () =>
            {
                _isUp = false;
                Engine.States.Set(Resource, ResourcePhase.Restarting);
            },
        };
        var end = await loop.RunAsync(stopping).ConfigureAwait(false);
        _isUp = false;
        await over.CancelAsync().ConfigureAwait(false);
        await monitor.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return end == ProcessEnd.GaveUp ? ResourcePhase.Failed : ResourcePhase.Stopped;
    }
}
