using System.Diagnostics;

namespace Connect.Tests.Distributed.Observability;

/// <summary>Repeats a request until its answer is as expected.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? describe = null)
    {
        using var pace = new PeriodicTimer(Pace);
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, describe?.Invoke() ?? "It did not come to be.");
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
