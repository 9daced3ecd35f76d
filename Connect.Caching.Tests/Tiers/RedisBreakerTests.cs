using Connect.Caching.Tiers;
using Connect.Testing.Processes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Tiers;

public sealed class RedisBreakerTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();
    private readonly RedisBreaker _breaker;

    public RedisBreakerTests() => _breaker = new RedisBreaker(failuresToBreak: 2, Break, _time);

    [Fact]
    public void Opens_after_failures_in_a_row_only()
    {
        _breaker.Failed();
        _breaker.Succeeded();
        _breaker.Failed();
        Assert.False(_breaker.IsOpen);

        _breaker.Failed();

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void Lets_one_probe_try_again_after_the_break_and_no_request()
    {
        Open();
        Assert.False(_breaker.TryProbe());
        _time.Advance(Break);

        Assert.False(_breaker.TryEnter());
        Assert.True(_breaker.TryProbe());
        Assert.False(_breaker.TryProbe());
    }

    [Fact]
    public void Closes_when_the_trial_succeeds()
    {
        Open();
        _time.Advance(Break);
        _breaker.TryProbe();

        _breaker.Succeeded();

        Assert.False(_breaker.IsOpen);
        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public void Waits_once_more_when_the_trial_fails()
    {
        Open();
        _time.Advance(Break);
        _breaker.TryProbe();

        _breaker.Failed();

        Assert.False(_breaker.TryProbe());
        _time.Advance(Break);
        Assert.True(_breaker.TryProbe());
    }

    [Fact]
    public void Lets_another_probe_try_when_the_trial_was_given_up()
    {
        Open();
        _time.Advance(Break);
        _breaker.TryProbe();

        _breaker.Abandoned();

        Assert.True(_breaker.TryProbe());
    }

    [Fact]
    public void Breaker_lets_nothing_through_while_it_is_open_but_one_probe()
    {
        var events = Gen.Choose(0, 3).ListOf();
        Prop.ForAll(Arb.From(events), list =>
        {
            var time = new FakeTimeProvider();
            var breaker = new RedisBreaker(2, Break, time);
            var (failures, open, trial) = (0, false, false);
            var openedAt = time.GetUtcNow();
            foreach (var what in list)
            {
                if (what == 3)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    continue;
                }

                var mayEnter = !open || (!trial && time.GetUtcNow() - openedAt >= Break);
                Assert.Equal(!open, breaker.TryEnter());
                Assert.Equal(mayEnter, breaker.TryProbe());
                if (!mayEnter)
                {
                    continue;
                }

                trial = open;

                switch (what)
                {
                    case 0:
                        breaker.Succeeded();
                        (failures, open, trial) = (0, false, false);
                        break;
                    case 1:
                        breaker.Failed();
                        failures = Math.Min(failures + 1, 2);
                        (open, openedAt, trial) = (failures == 2, time.GetUtcNow(), false);
                        break;
                    default:
                        breaker.Abandoned();
                        trial = false;
                        break;
                }

                Assert.Equal(open, breaker.IsOpen);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds.Of(1_000)).WithEndSize(60));
    }

    private void Open()
    {
        _breaker.Failed();
        _breaker.Failed();
    }
}
