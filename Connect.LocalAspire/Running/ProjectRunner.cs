using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Proxy;

namespace Connect.LocalAspire.Running;

/// <summary>Runs the processes of a project; several of them behind a proxy.</summary>
internal sealed class ProjectRunner(ProjectResource project, EngineContext engine) : ResourceRunner(project, engine)
{
    private readonly int _replicaCount = project.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
    private readonly EndpointAnnotation? _endpoint = project.Annotations.OfType<EndpointAnnotation>().FirstOrDefault();
    private Replica[] _replicas = [];
    private ReplicaProxy? _proxy;
    private bool _allWereUp;

    public override bool IsServer => false;

    public override Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_endpoint is not null)
        {
            if (!Engine.Settings.IsTest && _endpoint.Port is { } port)
            {
                PortAllocator.EnsureFree(port, Resource.Name);
                _endpoint.Allocate(port);
            }
            else
            {
                _endpoint.Allocate(PortAllocator.Next());
            }
        }

        _replicas = [.. Enumerable.Range(0, _replicaCount).Select(NewReplica)];
        if (_endpoint is not null)
        {
            _endpoint.ProcessAddresses = [.. _replicas.Select(replica => replica.Url!)];
        }

        return Task.CompletedTask;
    }

    protected override async Task<ResourcePhase> RunCoreAsync(CancellationToken stopping)
    {
        if (_replicaCount > 1 && _endpoint?.AllocatedPort is { } port)
        {
            _proxy = await ReplicaProxy.StartAsync(port, [.. _replicas.Select(replica => replica.Url!)], stopping).ConfigureAwait(false);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var monitor = new HealthMonitor(Resource, Engine).RunAsync(AreUpAsync, over.Token);
        var ends = await Task.WhenAll(_replicas.Select(replica => KeepRunningAsync(replica, stopping))).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await monitor.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ends.Contains(ProcessEnd.GaveUp) ? ResourcePhase.Failed : ResourcePhase.Finished;
    }

    protected override async ValueTask ReleaseAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Replica NewReplica(int index)
    {
        var name = _replicaCount == 1 ? Resource.Name : $"{Resource.Name}/{index + 1}";
        var url = _endpoint switch
        {
            null => null,
            _ when _replicaCount == 1 => $"http://localhost:{_endpoint.AllocatedPort}",
            _ => $"http://127.0.0.1:{PortAllocator.Next()}",
        };
        return new Replica(index, name, url);
    }

    private async Task<ProcessEnd> KeepRunningAsync(Replica replica, CancellationToken stopping)
    {
        var loop = new ProcessLoop(Engine, token => DescribeAsync(replica, token))
        {
            OnStarted = () => replica.IsRunning = true,
            OnCrashed = () =>
            {
                SetDown(replica);
                if (!Array.Exists(_replicas, other => other.IsReady))
                {
                    Engine.States.Set(Resource, ResourcePhase.Restarting);
                }
            },
        };
        var end = await loop.RunAsync(stopping).ConfigureAwait(false);
        SetDown(replica);
        if (end == ProcessEnd.GaveUp)
        {
            replica.GaveUp = true;
            Engine.States.Set(Resource, ResourcePhase.Failed);
        }

        return end;
    }

    private void SetDown(Replica replica)
    {
        replica.IsRunning = false;
        replica.IsReady = false;
        _proxy?.SetLive(replica.Index, false);
    }

    /// <summary>All at first; later one that answers is enough, since the proxy leads around the others.</summary>
    private async ValueTask<bool> AreUpAsync(CancellationToken cancellationToken)
    {
        if (Array.Exists(_replicas, replica => replica.GaveUp))
        {
            return false;
        }

        foreach (var replica in _replicas.Where(replica => replica.IsRunning && !replica.IsReady))
        {
            if (_proxy is null || await _proxy.AnswersAsync(replica.Index, cancellationToken).ConfigureAwait(false))
            {
                replica.IsReady = replica.IsRunning;
                _proxy?.SetLive(replica.Index, replica.IsReady);
            }
        }

        _allWereUp |= Array.TrueForAll(_replicas, replica => replica.IsReady);
        return _allWereUp && Array.Exists(_replicas, replica => replica.IsReady);
    }

    private async ValueTask<ProcessSpec> DescribeAsync(Replica replica, CancellationToken cancellationToken)
    {
        var metadata = Resource.Annotations.OfType<IProjectMetadata>().Single();
        var assembly = (metadata as IBuiltProject)?.AssemblyPath
            ?? throw new DistributedApplicationException($"Where the program of '{Resource.Name}' was built is not known.");
        var profile = Resource.Annotations.OfType<LaunchProfile>().Single();
        return new ProcessSpec
        {
            Name = replica.Name,
            FileName = SystemPrograms.Dotnet,
            Arguments = [assembly, .. Resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(item => item.Arguments)],
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!,
            Environment = await ProjectEnvironment
                .BuildAsync(project, profile, $"{replica.Name.Replace('/', '-')}-{Environment.ProcessId}", replica.Url, cancellationToken)
                .ConfigureAwait(false),
        };
    }

    private sealed class Replica(int index, string name, string? url)
    {
        private volatile bool _isRunning;
        private volatile bool _isReady;
        private volatile bool _gaveUp;

        public int Index { get; } = index;

        public string Name { get; } = name;

        public string? Url { get; } = url;

        public bool IsRunning { get => _isRunning; set => _isRunning = value; }

        public bool IsReady { get => _isReady; set => _isReady = value; }

        public bool GaveUp { get => _gaveUp; set => _gaveUp = value; }
    }
}
