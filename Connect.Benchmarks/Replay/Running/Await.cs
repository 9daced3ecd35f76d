namespace Connect.Benchmarks.Replay.Running;

/// <summary>Waits for other threads, mostly for less than a millisecond.</summary>
internal static class Await
{
    // Far longer than any wait of a replay.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // After this time it sleeps instead of spinning.
    private static readonly TimeSpan Spinning = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It does not hold in time.</exception>
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
