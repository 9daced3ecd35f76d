using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Connect.LocalAspire.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several processes.</summary>
public class DistributedApplication : IDisposable, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AppHostSession? _session;
    private readonly Lazy<Orchestrator> _orchestrator;
    private bool _isDisposed;

    internal DistributedApplication(IHost host, AppHostSession? session)
    {
        _host = host;
        _session = session;
        _orchestrator = new Lazy<Orchestrator>(() => host.Services.GetRequiredService<Orchestrator>());
    }

    /// <summary>The AppHost's own services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Tells how the resources are doing.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Executes the commands of resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Starts the description of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args, AppHostSession.Current);

    /// <summary>Runs the application until Ctrl+C, SIGTERM or the end of the process that started this one.</summary>
    public void Run()
    {
        if (_session is not null)
        {
            // The test starts and ends the application; the AppHost's own thread has nothing more to do.
            return;
        }

        Environment.ExitCode = ConsoleRun.RunAsync(this, _orchestrator).GetAwaiter().GetResult();
    }

    /// <summary>Starts the resources and does not wait until they are healthy.</summary>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _orchestrator.Value.StartAsync(cancellationToken);

    /// <summary>Ends the resources.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) =>
        _orchestrator.IsValueCreated && !_isDisposed ? _orchestrator.Value.StopAsync().WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Ends the resources and removes what they left.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the resources and removes what they left.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        // The container owns the orchestrator and disposes it; it may be asked twice.
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (_host is IAsyncDisposable host && !_isDisposed)
        {
            _isDisposed = true;
            await host.DisposeAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }
}
