using System.Collections.Immutable;
using System.Globalization;
using Connect.Caching.Layers;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>A week under one set of rules.</summary>
/// <param name="Callers">The answers to callers.</param>
/// <param name="Layers">The reads of the instances' layers, those of other layers' computations included.</param>
/// <param name="Statements">Postgres' counts.</param>
/// <param name="Warmings">The warmings' records.</param>
/// <param name="FirstGenerationReads">
/// Queries for generations before the week, when new instances read every organization's first.
/// </param>
internal sealed record ReplayResult(
    ReplayTally Callers, ImmutableArray<LayerUse> Layers, StatementCounts Statements, WarmingTotals Warmings, long FirstGenerationReads)
{
    /// <summary>The share of another result's reads that this one saves.</summary>
    public double ReadsSavedAgainst(ReplayResult other) => SavedAgainst(other, static result => result.Statements.Reads);

    /// <summary>The same for all statements of answers, the storing of rankings included.</summary>
    public double CommandsSavedAgainst(ReplayResult other) =>
        SavedAgainst(other, static result => result.Statements.Reads + result.Statements[StatementKind.RankingWrite]);

    /// <summary>A summary as text.</summary>
    public void Tell() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
          hit rate {Callers.HitRate:0.000}; layers were asked: {string.Join(", ", Layers.Select(layer => $"{layer.Name} {layer.Reads}"))}
          {Callers.Runs.All} runs of boards, {Callers.Runs.WithNews} with something new: {Callers.News} new or changed announcements
          {Warmings.Completed} warmings computed {Warmings.Rankings} rankings; {Warmings.Failed} did not complete
          Postgres counted {Statements[StatementKind.CallerRead]} reads for callers, {Statements[StatementKind.WarmingRead]} for warming, {Statements[StatementKind.GenerationRead]} for numbers, and {Statements[StatementKind.RankingWrite]} rankings stored
          apart from these {Statements[StatementKind.Poll]} polls, by real time, and {Statements[StatementKind.Other]} others: scrapes, changes, records
          for callers the answers counted {Callers.Queries + Callers.GenerationQueries}, Postgres {Statements.ForCallers}, which knows of changes of profiles besides
        """));

    /// <summary>Prints its figures.</summary>
    /// <param name="prefix">How their names begin.</param>
    public void Print(string prefix)
    {
        void Print(string name, double value) => Figure.Print($"{prefix}_{name}", value);

        Print("hit_rate", Callers.HitRate);
        Print("memory_rate", Callers.RateOf(CacheOutcome.Memory));
        Print("redis_rate", Callers.RateOf(CacheOutcome.Redis));
        foreach (var layer in Layers)
        {
            if (layer.HitRate is { } rate)
            {
                Print($"{layer.Name}_layer_hit_rate", rate);
            }
        }

        Print("caller_queries", Callers.Queries + Callers.GenerationQueries);
        Print("warming_queries", Warmings.Queries);
        Print("caller_reads", Statements[StatementKind.CallerRead]);
        Print("warming_reads", Statements[StatementKind.WarmingRead]);
        Print("generation_reads", Statements[StatementKind.GenerationRead]);
        Print("first_generation_reads", FirstGenerationReads);
        Print("rankings_stored", Statements[StatementKind.RankingWrite]);
        var (median, ninetyNinth) = Callers.Latency();
        Print("median_us", median);
        Print("p99_us", ninetyNinth);
    }

    private double SavedAgainst(ReplayResult other, Func<ReplayResult, long> cost) => 1 - ((double)cost(this) / cost(other));
}
