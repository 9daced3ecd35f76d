using System.Text;
using Connect.Benchmarks.Replay.Figures;
using Connect.Benchmarks.Replay.Rules;
using Connect.Benchmarks.Replay.Running;
using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;

namespace Connect.Tests.Unit.Benchmarks.Replay;

/// <summary>The figures of a replayed week.</summary>
public sealed class ReplayFiguresTests
{
    private const string Instance = ReplaySite.InstanceUser;
    private const string Worker = ReplaySite.WorkerUser;
    private const string Programs = "SELECT p.id, p.title FROM programs AS p WHERE p.status = $1";
    private const string Load = "select s.system_identifier from pg_control_system() s left join cache_generations g on g.tag = any($1)";
    private const string Store = "insert into matches as m (id) select t.id from unnest($1) t";

    [Theory]
    [InlineData(Instance, Programs, nameof(StatementKind.CallerRead))]
    [InlineData(Worker, Programs, nameof(StatementKind.WarmingRead))]
    [InlineData("postgres", Programs, nameof(StatementKind.Other))]
    [InlineData(Instance, "SELECT o.id FROM organizations AS o WHERE o.id = ANY ($1)", nameof(StatementKind.CallerRead))]
    [InlineData(Worker, "SELECT a.organization_id FROM organization_activity AS a INNER JOIN", nameof(StatementKind.WarmingRead))]
    [InlineData(Instance, "SELECT o.id FROM (select *, xmin from organizations where id = $1 for update) AS o", nameof(StatementKind.Other))]
    [InlineData(Instance, Load, nameof(StatementKind.GenerationRead))]
    [InlineData(Worker, Load, nameof(StatementKind.GenerationRead))]
    [InlineData(Instance, "select s.system_identifier from x left join cache_generations g on g.xid >= $1", nameof(StatementKind.Poll))]
    [InlineData(Instance, "select s.system_identifier from x left join cache_generations g on false", nameof(StatementKind.Other))]
    [InlineData(Worker, Store, nameof(StatementKind.RankingWrite))]
    [InlineData(Worker, "UPDATE programs AS p SET status = $1", nameof(StatementKind.Other))]
    [InlineData(Worker, "insert into programs (id) select s.id from merge_calls c", nameof(StatementKind.Other))]
    [InlineData(Worker, "with bumped as ( insert into cache_generations as g (tag) select", nameof(StatementKind.Other))]
    public void Statements_are_classified(string user, string text, string expected) =>
        Assert.Equal(expected, StatementKinds.Of(user, text).ToString());

    [Fact]
    public void Reads_are_those_for_callers_for_warming_and_for_generations()
    {
        var counts = Counts((Instance, Programs, 5), (Worker, Programs, 2), (Instance, Load, 3), (Worker, Load, 1), (Worker, Store, 40), (Instance, "vacuum", 9));

        Assert.Equal(11, counts.Reads);
        Assert.Equal(40, counts[StatementKind.RankingWrite]);
        Assert.Equal(0, counts[StatementKind.Poll]);
        Assert.Equal(8, counts.ForCallers);
    }

    [Fact]
    public void Savings_count_what_warming_reads()
    {
        var warmed = Result(Counts((Instance, Programs, 10), (Worker, Programs, 8), (Instance, Load, 2), (Worker, Store, 100)));
        var uncached = Result(Counts((Instance, Programs, 100), (Instance, Store, 100)));

        Assert.Equal(0.8, warmed.ReadsSavedAgainst(uncached), precision: 9);
        Assert.Equal(0.4, warmed.CommandsSavedAgainst(uncached), precision: 9);
    }

    [Fact]
    public void Hits_are_answers_that_were_not_computed()
    {
        var tally = new ReplayTally();
        foreach (var (outcome, microseconds) in new[]
        {
            (CacheOutcome.Memory, 100), (CacheOutcome.Redis, 300), (CacheOutcome.Redis, 200), (CacheOutcome.Miss, 9_000),
        })
        {
            tally.Add(new CheckAnswer(outcome, outcome == CacheOutcome.Miss ? 4 : 0, 1), TimeSpan.FromMicroseconds(microseconds));
        }

        Assert.Equal((4, 0.75, 0.25, 0.5), (tally.Checks, tally.HitRate, tally.RateOf(CacheOutcome.Memory), tally.RateOf(CacheOutcome.Redis)));
        Assert.Equal((4, 4), (tally.Queries, tally.GenerationQueries));
        Assert.Equal((250, 9_000), tally.Latency());
    }

    [Fact]
    public void Layers_are_what_was_asked_in_the_week_on_both_instances()
    {
        LayerSnapshot[] before = [Layer(memory: 10, redis: 0, miss: 5), Layer(memory: 1, redis: 0, miss: 1)];
        LayerSnapshot[] after = [Layer(memory: 13, redis: 2, miss: 6), Layer(memory: 2, redis: 1, miss: 1)];

        var use = LayerUse.Between(LayerUse.Sum(after), LayerUse.Sum(before));

        Assert.Equal(new LayerUse("matches", 4, 3, 1), use);
        Assert.Equal(0.875, use.HitRate);
        Assert.Null(new LayerUse("profile", 0, 0, 0).HitRate);
    }

    [Theory]
    [InlineData("redis", CacheOutcome.Redis)]
    [InlineData("memory", CacheOutcome.Memory)]
    [InlineData("miss", CacheOutcome.Miss)]
    public void Headers_tell_where_an_answer_came_from_and_what_it_cost(string cache, CacheOutcome expected) =>
        Assert.Equal(new CheckAnswer(expected, 12, 3), CheckAnswer.Read(new(Answer("200 OK", cache))));

    [Theory]
    [InlineData("200 OK", "memory; stale")]
    [InlineData("503 Service Unavailable", "memory")]
    [InlineData("401 Unauthorized", "miss")]
    public void Answer_that_no_working_system_gives_ends_the_replay(string status, string cache) =>
        Assert.Throws<InvalidOperationException>(() => CheckAnswer.Read(new(Answer(status, cache))));

    [Fact]
    public void Sets_of_rules_differ_in_what_they_are_named_for()
    {
        Assert.Equal([ReplayRules.Warmed], ReplayRules.All.Where(rules => rules.Warms));
        Assert.Equal([ReplayRules.FirstPlatform], ReplayRules.All.Where(rules => rules.FlushesAlways));
        Assert.Equal([ReplayRules.Uncached], ReplayRules.All.Where(rules => !rules.Caches));
        Assert.Equal(4, ReplayRules.All.DistinctBy(rules => rules.Name).Count());
    }

    private static byte[] Answer(string status, string cache) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Length: 2\r\nX-Cache: {cache}\r\nServer-Timing: db;desc=\"12\";dur=6.87, generations;desc=\"3\"\r\n\r\n[]");

    private static StatementCounts Counts(params (string User, string Text, long Calls)[] statements) => StatementCounts.Of(statements);

    private static ReplayResult Result(StatementCounts statements) => new(new ReplayTally(), [], statements, new(0, 0, 0, 0), FirstGenerationReads: 0);

    private static LayerSnapshot Layer(long memory, long redis, long miss) => new("matches", memory, redis, miss, 0, miss, 0, 0);
}
