using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Lets a test run an AppHost's entry point on a thread of its own, take the application out of it at
/// <c>Build()</c>, and let the entry point go on when the test does.
/// </summary>
internal sealed class AppHostSession(Assembly appHostAssembly, string[] args)
{
    private static readonly AsyncLocal<AppHostSession?> CurrentSession = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _app = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session whose entry point runs in the current flow; null in an AppHost of its own.</summary>
    public static AppHostSession? Current => CurrentSession.Value;

    public Assembly AppHostAssembly { get; } = appHostAssembly;

    public Task<DistributedApplicationBuilder> RunEntryPointAsync()
    {
        var thread = new Thread(RunEntryPoint) { IsBackground = true, Name = $"{AppHostAssembly.GetName().Name} entry point" };
        thread.Start();
        return _builder.Task;
    }

    /// <summary>Called by the entry point: gives the description to the test and waits for its word.</summary>
    public void HandOut(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void HandOut(DistributedApplication app) => _app.TrySetResult(app);

    public Task<DistributedApplication> BuildAsync()
    {
        _mayBuild.TrySetResult();
        return _app.Task;
    }

    /// <summary>Lets an entry point that was never asked to build go.</summary>
    public void Abandon() => _mayBuild.TrySetCanceled();

    private void RunEntryPoint()
    {
        CurrentSession.Value = this;
        try
        {
            var entryPoint = AppHostAssembly.EntryPoint
                ?? throw new InvalidOperationException($"{AppHostAssembly.GetName().Name} has no entry point.");
            object?[] parameters = entryPoint.GetParameters().Length == 0 ? [] : [args];
            entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, parameters, null);
            Fail(new InvalidOperationException($"{AppHostAssembly.GetName().Name} ended without building an application."));
        }
        catch (Exception exception)
        {
            // The top of a thread: what is not caught here ends the test process.
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        _builder.TrySetException(exception);
        _app.TrySetException(exception);
    }
}
