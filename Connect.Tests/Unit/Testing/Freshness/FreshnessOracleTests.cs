using Connect.Testing.Freshness;

namespace Connect.Tests.Unit.Testing.Freshness;

public sealed class FreshnessOracleTests
{
    private const long Promise = 100;
    private const long LeaseDuration = 5000;

    private readonly VersionRegister _organization = new(0);
    private readonly VersionRegister[] _programs = [new(0), new(0)];
    private readonly FaultTimeline _timeline = new();
    private readonly FreshnessOracle _oracle;

    public FreshnessOracleTests() => _oracle = new FreshnessOracle([_organization], _programs, _timeline, Promise);

    [Theory]
    [InlineData(1100, 0)]
    [InlineData(1101, 1)]
    public void Read_is_stale_when_it_began_later_than_the_promise(long startedAt, long stale)
    {
        _organization.Begin(1, now: 990).Acknowledge(now: 1000);

        Ask(word: 0, revision: 0, startedAt);

        Assert.Equal(stale, _oracle.Verdict().StaleReads);
        Assert.Equal(startedAt - 1000, _oracle.Verdict().WorstStaleness);
    }

    [Fact]
    public void Change_of_the_program_overrules_like_one_of_the_organization()
    {
        _programs[0].Begin(1, now: 990).Acknowledge(now: 1000);

        Ask(word: 0, revision: 1, startedAt: 2000);
        Ask(word: 0, revision: 0, startedAt: 2000);

        Assert.Equal(1, _oracle.Verdict().StaleReads);
    }

    [Fact]
    public void While_instances_cannot_know_the_lease_is_the_bound()
    {
        _organization.Begin(1, now: 990).Acknowledge(now: 1000);
        var window = _timeline.Open(now: 900, allowance: LeaseDuration);

        Ask(word: 0, revision: 0, startedAt: 1000 + LeaseDuration);
        Assert.Equal(0, _oracle.Verdict().StaleReads);
        Ask(word: 0, revision: 0, startedAt: 1001 + LeaseDuration);
        Assert.Equal(1, _oracle.Verdict().StaleReads);

        window.Close(at: 2000);
        Ask(word: 0, revision: 0, startedAt: 2001);
        Assert.Equal(2, _oracle.Verdict().StaleReads);
    }

    [Fact]
    public void Marked_answer_may_be_old_while_Postgres_is_away_and_needs_that_excuse()
    {
        _organization.Begin(1, now: 990).Acknowledge(now: 1000);
        var outage = _timeline.Open(now: 5000, isOutage: true);
        Ask(word: 0, revision: 0, startedAt: 9000, ReadOutcome.MarkedStale);
        outage.Close(at: 10_000);
        Ask(word: 0, revision: 0, startedAt: 11_000, ReadOutcome.MarkedStale);

        var verdict = _oracle.Verdict();
        Assert.Equal(0, verdict.StaleReads);
        Assert.Equal(1, verdict.MarkedWithoutCause);
    }

    [Theory]
    [InlineData(nameof(ReadOutcome.Failed))]
    [InlineData(nameof(ReadOutcome.Unavailable))]
    [InlineData(nameof(ReadOutcome.Broken))]
    public void Failure_needs_an_outage_or_a_lost_instance(string name)
    {
        var outcome = Enum.Parse<ReadOutcome>(name);
        Ask(word: 0, revision: 0, startedAt: 10, outcome);
        Assert.Equal(1, _oracle.Verdict().FailedReads);

        _timeline.Open(now: 100, isOutage: true).Close(at: 200);
        _timeline.Open(now: 300, instance: 0).Close(at: 400);
        _timeline.Open(now: 500, instance: 1).Close(at: 600);
        Ask(word: 0, revision: 0, startedAt: 150, outcome);
        Ask(word: 0, revision: 0, startedAt: 350, outcome);
        Assert.Equal(1, _oracle.Verdict().FailedReads);

        Ask(word: 0, revision: 0, startedAt: 550, outcome);
        Assert.Equal(2, _oracle.Verdict().FailedReads);
    }

    [Fact]
    public void Answer_without_a_match_or_of_what_never_was_is_always_wrong()
    {
        _timeline.Open(now: 0, allowance: LeaseDuration, isOutage: true);

        Ask(word: 0, revision: 0, startedAt: 10, ReadOutcome.Empty);
        Ask(word: 1, revision: 0, startedAt: 10);
        Ask(word: 0, revision: 3, startedAt: 10);
        Ask(word: 99, revision: 0, startedAt: 10);

        var verdict = _oracle.Verdict();
        Assert.Equal(1, verdict.FailedReads);
        Assert.Equal(3, verdict.ImpossibleReads);
        Assert.True(verdict.HasStale);
    }

    [Fact]
    public void Refused_change_needs_the_same_excuses()
    {
        _timeline.Open(now: 100, isOutage: true).Close(at: 200);

        _oracle.JudgeFailedChange(instance: 0, startedAt: 50, endedAt: 120);
        Assert.Equal(0, _oracle.Verdict().FailedChanges);
        _oracle.JudgeFailedChange(instance: 0, startedAt: 50, endedAt: 90);
        Assert.Equal(1, _oracle.Verdict().FailedChanges);
    }

    [Fact]
    public void Window_remembers_the_oldest_answer_in_it()
    {
        _organization.Begin(1, now: 990).Acknowledge(now: 1000);
        var window = _timeline.Open(now: 900, allowance: LeaseDuration);

        Ask(word: 0, revision: 0, startedAt: 1700);
        Ask(word: 0, revision: 0, startedAt: 1200);

        Assert.Equal(700, window.Worst);
        Assert.Equal(0, _oracle.Verdict().WorstStalenessUndisturbed);
    }

    private void Ask(int word, int revision, long startedAt, ReadOutcome outcome = ReadOutcome.Memory) =>
        _oracle.Judge(new Read(Instance: 0, Organization: 0, startedAt, startedAt + 1, outcome, word, revision));
}
