using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>Brings one resource to life and keeps it there.</summary>
internal abstract class ResourceRunner(IResource resource, EngineContext engine)
{
    public IResource Resource { get; } = resource;

    /// <summary>Servers stop after the projects that use them.</summary>
    public abstract bool IsServer { get; }

    protected EngineContext Engine { get; } = engine;

    /// <summary>Checks what can be known before anything is started; throws <see cref="EnvironmentProblemException" />.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual async Task RunAsync(CancellationToken stopping)
    {
        var last = ResourcePhase.Stopped;
        try
        {
            Engine.States.Set(Resource, ResourcePhase.Waiting);
            await WaitForDependenciesAsync(stopping).ConfigureAwait(false);
            Engine.States.Set(Resource, ResourcePhase.Starting);
            last = await RunCoreAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped in the middle of its start.
        }
        catch (Exception exception)
        {
            // The boundary of one resource: its failure must not take the others down.
            Engine.Logs.Write(Resource.Name, exception is EnvironmentProblemException or DistributedApplicationException
                ? exception.Message : exception.ToString());
            last = ResourcePhase.Failed;
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
        }

        Engine.States.Set(Resource, stopping.IsCancellationRequested ? ResourcePhase.Stopped : last);
    }

    /// <summary>Runs until the resource ends or is stopped; the result is its last phase.</summary>
    protected abstract Task<ResourcePhase> RunCoreAsync(CancellationToken stopping);

    protected virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    private async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        var dependencies = Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Distinct().ToList();
        await Engine.States.WaitAsync(dependencies, phase => phase == ResourcePhase.Healthy || phase.IsOver(), cancellationToken).ConfigureAwait(false);
        if (dependencies.Find(dependency => Engine.States[dependency].IsOver()) is { } lost)
        {
            throw new DistributedApplicationException($"{Resource.Name} waits for {lost.Name}, which has failed.");
        }
    }
}
