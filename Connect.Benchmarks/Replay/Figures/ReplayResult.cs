using Connect.Caching.Layers;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>
/// A week under one set of rules. The layers' uses include those behind others; the first reads of generations are from
/// before the week, when processes that had just been started met every organization.
/// </summary>
internal sealed record ReplayResult(
    ReplayTally Callers, ImmutableArray<LayerUse> Layers, StatementCounts Statements, WarmingTotals Warmings, long FirstGenerationReads)
{
    /// <summary>The share of another result's reads that this one saves.</summary>
    public double ReadsSavedAgainst(ReplayResult other) => SavedAgainst(other, static result => result.Statements.Reads);

    /// <summary>The same for all statements of answers, the storing of rankings included.</summary>
    public double CommandsSavedAgainst(ReplayResult other) =>
        SavedAgainst(other, static result => result.Statements.Reads + result.Statements[StatementKind.RankingWrite]);

    public void Tell() => Console.WriteLine(
        $"""
          hit rate {Callers.HitRate:0.000}; layers were asked: {string.Join(", ", Layers.Select(layer => $"{layer.Name} {layer.Reads}"))}
          {Callers.Runs.All} runs of boards, {Callers.Runs.WithNews} with something new: {Callers.News} new or changed announcements
          {Warmings.Completed} warmings computed {Warmings.Rankings} rankings; {Warmings.Failed} did not complete
          Postgres counted {Statements[StatementKind.CallerRead]} reads for callers, {Statements[StatementKind.WarmingRead]} for warming, {Statements[StatementKind.GenerationRead]} for numbers, and {Statements[StatementKind.RankingWrite]} rankings stored
          apart from these {Statements[StatementKind.Poll]} polls, by real time, and {Statements[StatementKind.Other]} others: scrapes, changes, records
          for callers the answers counted {Callers.Queries + Callers.GenerationQueries}, Postgres {Statements.ForCallers}, which knows of changes of profiles besides
        """);

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
