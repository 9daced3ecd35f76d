using System.Diagnostics;
using Connect.Testing.Processes;

namespace Connect.Tests.Distributed.AppHost;

public sealed class PostgresWrapperTests
{
    private const int Rounds = 25;

    /// <summary>A program without handlers, as PostgreSQL is in its first moments, stopped at each moment of its start.</summary>
    [Fact]
    public async Task Server_is_ended_with_its_wrapper_whenever_that_is()
    {
        if (!MarkedProcesses.AreSupported)
        {
            Assert.Skip("Only Linux shows which processes a process has started.");
        }

        var marked = new MarkedProcesses();
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(AppContext.BaseDirectory, "Servers", "Postgres", "run-postgres.sh"), "sleep", "600"])
        {
            RedirectStandardOutput = true,
            Environment = { [MarkedProcesses.Variable] = marked.Mark },
        };
        for (var round = 0; round < Rounds; round++)
        {
            using var wrapper = Process.Start(start)!;
            var started = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(started).TotalMicroseconds > round * 200);

            ProcessSignals.Send(wrapper.Id, UnixSignal.Terminate);
            await wrapper.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(await marked.AwaitEndAsync(TimeSpan.FromSeconds(5)));
    }
}
