using System.Diagnostics;
using System.Globalization;
using Connect.Benchmarks.Freshness.Load;
using Connect.Benchmarks.Serving;
using Connect.Testing.Freshness;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Startup;

/// <summary>The memory of a process.</summary>
internal static class MemoryUse
{
    /// <summary>Concurrent organizations, each with a connection of its own.</summary>
    public const int Connections = 32;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(10);

    /// <summary>MiB that a process holds after it has had nothing to do for a while.</summary>
    public static async Task<double> AtRestAsync(ServerProcess server)
    {
        await Task.Delay(Rest);
        return Look(server).Resident;
    }

    /// <summary>
    /// MiB that the API holds after answering cached matches at full speed for a while, and its peak.
    /// </summary>
    public static async Task<(double Resident, double Peak)> UnderLoadAsync(ApiProcess api, IReadOnlyList<SeededOrganization> organizations)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(organizations.Take(Connections).Select(organization => Task.Run(() => AskAsync(api, organization, startedAt))));
        var use = Look(api);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{counts.Sum()} answers over {Connections} connections in {Load.TotalSeconds:0} s"));
        return use;
    }

    private static async Task<long> AskAsync(ApiProcess api, SeededOrganization organization, long startedAt)
    {
        var request = RawConnection.Prepare(api.Address, organization.Id, organization.Token);
        using var connection = await RawConnection.OpenAsync(api.Address, CancellationToken.None);
        var count = 0L;
        while (Stopwatch.GetElapsedTime(startedAt) < Load)
        {
            var answer = await connection.AskAsync(request, CancellationToken.None);

            // The connection searches for the freshness check's words. There are none, so a good answer counts as
            // empty.
            if (answer.Outcome is ReadOutcome.Failed or ReadOutcome.Unavailable)
            {
                throw new InvalidOperationException($"An answer of {answer.Outcome}: {answer.Error}");
            }

            count++;
        }

        return count;
    }

    private static (double Resident, double Peak) Look(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        return (process.WorkingSet64 / 1024.0 / 1024, process.PeakWorkingSet64 / 1024.0 / 1024);
    }
}
