using System.Runtime.InteropServices;
using Connect.AppHost.Servers;

namespace Connect.Benchmarks.Freshness;

/// <summary>The verb <c>freshness</c>.</summary>
internal static class FreshnessCommand
{
    public const string Verb = "freshness";

    private const int Kept = 0;
    private const int BrokenPromise = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Checks and reports. 0: the promise was kept.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        FreshnessOptions options;
        try
        {
            options = FreshnessOptions.Parse(arguments);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{FreshnessOptions.Usage}");
            return WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var system = await CheckedSystem.StartAsync(options, stop.Token);
            var report = await new FreshnessCheck(options, system, Note).RunAsync(stop.Token);
            foreach (var line in report.Lines())
            {
                Console.WriteLine(line);
            }

            return report.Broken.Count == 0 ? Kept : BrokenPromise;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (EnvironmentProblemException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongUsage;
        }
    }

    private static void Note(string text) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {text}");
}
