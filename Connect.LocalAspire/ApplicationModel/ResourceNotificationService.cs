using Connect.LocalAspire.Console;
using Connect.LocalAspire.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells how the resources are doing.</summary>
public class ResourceNotificationService
{
    private readonly DistributedApplicationModel _model;
    private readonly ResourceStates _states;
    private readonly ResourceLogs _logs;

    internal ResourceNotificationService(DistributedApplicationModel model, ResourceStates states, ResourceLogs logs)
    {
        _model = model;
        _states = states;
        _logs = logs;
    }

    /// <summary>Waits until a resource is healthy; fails when it has ended or failed.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var resource = _model.Find(resourceName);
        try
        {
            await _states.WaitAsync([resource], phase => phase == ResourcePhase.Healthy || phase.IsOver(), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(Describe(resource), exception, cancellationToken);
        }

        return _states[resource] == ResourcePhase.Healthy
            ? new ResourceEvent(resource)
            : throw new DistributedApplicationException(Describe(resource));
    }

    private static IEnumerable<IResource> Dependencies(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().SelectMany(wait => Dependencies(wait.Resource).Prepend(wait.Resource));

    private string Describe(IResource resource)
    {
        // What it waits for may be the one that has failed.
        var lines = Dependencies(resource)
            .Where(dependency => _states[dependency] == ResourcePhase.Failed)
            .Prepend(resource)
            .Distinct()
            .SelectMany(culprit => _logs.Tail(culprit.Name))
            .ToList();
        var tail = lines.Count == 0 ? "It wrote nothing." : $"Its last lines:\n{string.Join('\n', lines)}";
        return $"The resource '{resource.Name}' is not healthy but {_states[resource].ToString().ToLowerInvariant()}. {tail}";
    }
}
