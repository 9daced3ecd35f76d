using System.Net.Http.Json;
using Connect.Benchmarks.Ingestion;
using Connect.Data.Model;

namespace Connect.Benchmarks.Load.Running;

/// <summary>Evictions so far of everybody's answers and of one organization's, and warmings that completed.</summary>
internal readonly record struct EvictionCounts(long Everybody, long Organizations, long Warmings);

/// <summary>
/// Changes the boards during a run and has the worker read them, which evicts and warms all rankings. Otherwise a run
/// would measure only answers from memory.
/// </summary>
internal sealed class BoardTurns(CheckedPostgres postgres, ServerProcess simulator)
{
    /// <summary>How often the boards change in a run.</summary>
    public const int Count = 3;

    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(2);

    /// <summary>Changes and reads at even distances within a time.</summary>
    /// <returns>Whether every run found a change.</returns>
    public async Task<bool> RunAsync(TimeSpan length)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var isRight = true;
        for (var turn = 1; turn <= Count; turn++)
        {
            var wait = (length * turn / (Count + 1)) - Stopwatch.GetElapsedTime(startedAt);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            using var answer = await simulator.Http.PostAsJsonAsync("/_simulator/advance", new { @new = 5, changed = 10, closed = 2 });
            answer.EnsureSuccessStatusCode();
            isRight &= await ReadAsync();
        }

        return isRight;
    }

    /// <summary>Has the worker read all boards; returns whether all runs succeeded and one found a change.</summary>
    public async Task<bool> ReadAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        await using var context = SeededSite.Open(postgres);
        var runs = await BoardRuns.RunAsync(context, SimulatedBoards.Agencies, LongestReading);
        Console.WriteLine(
            $"boards read in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:0.0} s: {runs.Sum(run => run.New)} new, "
            + $"{runs.Sum(run => run.Changed)} changed, {runs.Sum(run => run.Unchanged)} unchanged");
        return runs.TrueForAll(run => run.Status == ScrapeStatus.Succeeded) && runs.Exists(run => run.New + run.Changed > 0);
    }

    public async Task<EvictionCounts> CountAsync() => (await postgres.QueryAsync(
        """
        select count(*) filter (where not tags[1] like 'org:%'), count(*) filter (where tags[1] like 'org:%'),
            (select count(*) from cache_warmings where status = 'Completed')
        from cache_evictions
        """,
        row => new EvictionCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))).Single();
}
