using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>The phase of every resource, and who waits for which.</summary>
internal sealed class ResourceStates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IResource, ResourcePhase> _phases = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Told of every change, under no lock.</summary>
    public event Action<IResource, ResourcePhase>? Changed;

    public ResourcePhase this[IResource resource]
    {
        get
        {
            lock (_lock)
            {
                return _phases.GetValueOrDefault(resource, ResourcePhase.Waiting);
            }
        }
    }

    public void Set(IResource resource, ResourcePhase phase)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            if (_phases.TryGetValue(resource, out var old) && old == phase)
            {
                return;
            }

            _phases[resource] = phase;
            signal = _changed;
            _changed = NewSignal();
        }

        signal.TrySetResult();
        Changed?.Invoke(resource, phase);
    }

    /// <summary>Waits until all resources are as the predicate wants them.</summary>
    public async Task WaitAsync(IEnumerable<IResource> resources, Func<ResourcePhase, bool> predicate, CancellationToken cancellationToken)
    {
        var waitedFor = resources.ToList();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (waitedFor.TrueForAll(resource => predicate(_phases.GetValueOrDefault(resource, ResourcePhase.Waiting))))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
