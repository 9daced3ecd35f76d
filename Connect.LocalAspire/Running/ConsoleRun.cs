using System.Runtime.InteropServices;
using Aspire.Hosting;
using Connect.LocalAspire.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.LocalAspire.Running;

/// <summary>One run at the terminal, from start to exit code.</summary>
internal static class ConsoleRun
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int EnvironmentProblem = 2;

    // What shells report for a program that was interrupted.
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(DistributedApplication app, Lazy<Orchestrator> orchestrator)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = Stopping(PosixSignal.SIGINT, stop);
        using var terminate = Stopping(PosixSignal.SIGTERM, stop);
        using var quit = Stopping(PosixSignal.SIGQUIT, stop);
        using var hangUp = Stopping(PosixSignal.SIGHUP, stop);
        var wasUp = false;
        try
        {
            await using (app.ConfigureAwait(false))
            {
                wasUp = await RunUntilStoppedAsync(app, orchestrator, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while starting: everything that had been started is gone again.
        }
        catch (EnvironmentProblemException exception)
        {
            await System.Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return EnvironmentProblem;
        }
        catch (Exception exception)
        {
            // The boundary of the process: an unhandled exception would abort it, with a core dump for an exit code.
            await System.Console.Error.WriteLineAsync(exception is DistributedApplicationException ? exception.Message : exception.ToString())
                .ConfigureAwait(false);
            return Failure;
        }

        if (wasUp)
        {
            return Success;
        }

        await System.Console.Error.WriteLineAsync("Stopped before everything was up.").ConfigureAwait(false);
        return Interrupted;
    }

    /// <summary>Runs until somebody asks to stop; true when everything had been up, or had failed, by then.</summary>
    private static async Task<bool> RunUntilStoppedAsync(DistributedApplication app, Lazy<Orchestrator> orchestrator, CancellationTokenSource stop)
    {
        var watch = ParentWatch.WaitForEndAsync(stop.Token);
        var log = app.Services.GetRequiredService<ConsoleLog>();
        var reporter = new ConsoleReporter(
            log, app.Services.GetRequiredService<ResourceStates>(), app.Services.GetRequiredService<ResourceLogs>(), orchestrator.Value.Resources);
        reporter.Start();
        await app.StartAsync(stop.Token).ConfigureAwait(false);
        var table = reporter.ShowTableWhenSettledAsync(stop.Token);
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var wasUp = table.IsCompletedSuccessfully;
        await stop.CancelAsync().ConfigureAwait(false);
        await table.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        log.Write("connect", "stopping");
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return wasUp;
    }

    /// <summary>Without this the runtime would end the process at once.</summary>
    private static PosixSignalRegistration Stopping(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}
