using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>Stands for a container that cannot run here: says why, once, and lets everything else go on.</summary>
internal sealed class UnavailableRunner(ContainerResource container, string reason, EngineContext engine) : ResourceRunner(container, engine)
{
    public override bool IsServer => false;

    public string Reason { get; } = reason;

    /// <summary>Waits for nothing: what it would wait for does not change the answer.</summary>
    public override Task RunAsync(CancellationToken stopping)
    {
        Engine.Logs.Write(Resource.Name, Reason);
        Engine.States.Set(Resource, ResourcePhase.Unavailable);
        return Task.CompletedTask;
    }

    protected override Task<ResourcePhase> RunCoreAsync(CancellationToken stopping) => Task.FromResult(ResourcePhase.Unavailable);
}
