using System.Diagnostics;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>Waits for what other threads are about to do, most of it within a millisecond.</summary>
internal static class Await
{
    // Far longer than anything here takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // From here on it is not worth a processor.
    private static readonly TimeSpan Spinning = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns when it is so.</summary>
    /// <exception cref="TimeoutException">It has not become so.</exception>
    public static async ValueTask UntilAsync(Func<bool> isSo, string what)
    {
        var started = Stopwatch.GetTimestamp();
        var spinner = new SpinWait();
        while (!isSo())
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed > Patience)
            {
                throw new TimeoutException($"It did not happen: {what}.");
            }

            if (elapsed < Spinning)
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                await Task.Delay(1);
            }
        }
    }
}
