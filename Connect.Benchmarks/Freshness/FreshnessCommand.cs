using System.Runtime.InteropServices;

namespace Connect.Benchmarks.Freshness;

/// <summary><c>freshness</c>: whether the product, or a sabotaged variant, keeps its promise while things fail.</summary>
internal static class FreshnessCommand
{
    private const int Interrupted = 130;

    /// <summary>Checks and reports. 0: the promise was kept.</summary>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = FreshnessOptions.Parse(arguments);
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

            return report.Broken.Count == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
    }

    private static void Note(string text) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {text}");
}
