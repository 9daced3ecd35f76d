using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Servers;

namespace Connect.LocalAspire.Running;

/// <summary>Starts all resources of an application and ends them in order: projects first, then what they use.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private readonly EngineContext _engine;
    private readonly List<ResourceRunner> _runners;
    private readonly CancellationTokenSource _stopProjects = new();
    private readonly CancellationTokenSource _stopServers = new();
    private readonly SemaphoreSlim _stopGate = new(1, 1);
    private readonly List<(ResourceRunner Runner, Task Task)> _running = [];
    private bool _stopped;

    public Orchestrator(DistributedApplicationModel model, EngineContext engine)
    {
        _engine = engine;
        _runners = [.. model.Resources.Select(NewRunner).OfType<ResourceRunner>()];
    }

    /// <summary>The resources that run; parameters do not.</summary>
    public IReadOnlyList<IResource> Resources => [.. _runners.Select(runner => runner.Resource)];

    /// <summary>Checks everything, starts everything, and does not wait for it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in _runners)
        {
            await runner.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var runner in _runners)
        {
            var stopping = (runner.IsServer ? _stopServers : _stopProjects).Token;
            _running.Add((runner, Task.Run(() => runner.RunAsync(stopping), CancellationToken.None)));
        }
    }

    public async Task StopAsync()
    {
        await _stopGate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            await _stopProjects.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_running.Where(item => !item.Runner.IsServer).Select(item => item.Task)).ConfigureAwait(false);
            await _stopServers.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_running.Select(item => item.Task)).ConfigureAwait(false);
        }
        finally
        {
            _stopGate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (var runner in _runners.OfType<IDisposable>())
        {
            runner.Dispose();
        }

        _engine.Temp.Dispose();
        _engine.Guard.Dispose();
        _stopProjects.Dispose();
        _stopServers.Dispose();
    }

    private ResourceRunner? NewRunner(IResource resource) => resource switch
    {
        PostgresServerResource server => new PostgresRunner(server, _engine),
        PostgresDatabaseResource database => new PostgresDatabaseRunner(database, _engine),
        RedisResource redis => new RedisRunner(redis, _engine),
        ContainerResource container => ContainerPrograms.NewRunner(container, _engine),
        ProjectResource project => new ProjectRunner(project, _engine),
        _ => null,
    };
}
