using Connect.Testing.Freshness;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Tests.Unit.Testing.Freshness;

public sealed class VersionRegisterTests
{
    private readonly VersionRegister _register = new(0);

    [Fact]
    public void Answer_is_good_until_a_change_was_acknowledged()
    {
        var change = _register.Begin(1, now: 100);

        Assert.Equal(0, _register.OverruledFor(0, startedAt: 150, endedAt: 160));
        Assert.Equal(0, _register.OverruledFor(1, startedAt: 150, endedAt: 160));

        change.Acknowledge(now: 200);

        Assert.Equal(0, _register.OverruledFor(0, startedAt: 200, endedAt: 300));
        Assert.Equal(50, _register.OverruledFor(0, startedAt: 250, endedAt: 300));
        Assert.Equal(0, _register.OverruledFor(1, startedAt: 250, endedAt: 300));
    }

    [Fact]
    public void Read_that_began_before_the_acknowledgement_may_show_either()
    {
        _register.Begin(1, now: 100).Acknowledge(now: 200);

        Assert.Equal(0, _register.OverruledFor(0, startedAt: 199, endedAt: 900));
        Assert.Equal(0, _register.OverruledFor(1, startedAt: 99, endedAt: 900));
    }

    [Fact]
    public void Overruled_answer_counts_from_the_first_change_after_it()
    {
        _register.Begin(1, now: 100).Acknowledge(now: 110);
        _register.Begin(2, now: 200).Acknowledge(now: 210);

        Assert.Equal(190, _register.OverruledFor(0, startedAt: 300, endedAt: 301));
        Assert.Equal(90, _register.OverruledFor(1, startedAt: 300, endedAt: 301));
    }

    [Fact]
    public void Answer_that_was_never_true_is_impossible()
    {
        _register.Begin(1, now: 100).Withdraw();

        Assert.Null(_register.OverruledFor(1, startedAt: 150, endedAt: 160));
        Assert.Null(_register.OverruledFor(7, startedAt: 150, endedAt: 160));
    }

    [Fact]
    public void Answer_from_before_its_change_was_asked_for_is_impossible()
    {
        _register.Begin(1, now: 100).Acknowledge(now: 110);

        Assert.Null(_register.OverruledFor(1, startedAt: 80, endedAt: 90));
    }

    [Fact]
    public void Restored_value_is_expected_again_and_a_lost_one_is_not()
    {
        _register.Begin(1, now: 100).Acknowledge(now: 110);
        _register.Begin(2, now: 200).Acknowledge(now: 210);
        _register.Begin(1, now: 300).Acknowledge(now: 350);

        Assert.Equal(1, _register.Current);
        Assert.Equal(0, _register.OverruledFor(1, startedAt: 400, endedAt: 401));
        Assert.Equal(50, _register.OverruledFor(2, startedAt: 400, endedAt: 401));

        // Asked before the restore, the same value is an old one.
        Assert.Equal(40, _register.OverruledFor(1, startedAt: 250, endedAt: 260));
    }

    [Fact]
    public void Current_is_what_is_known_for_certain()
    {
        var change = _register.Begin(5, now: 1);
        Assert.Equal(0, _register.Current);

        change.Acknowledge(now: 2);
        Assert.Equal(5, _register.Current);
    }

    [Fact]
    public void Newest_acknowledged_value_is_never_overruled_and_every_older_one_is()
    {
        // Changes of random length, one after the other, each acknowledged; then one read after all of them.
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>(), lengths =>
        {
            var register = new VersionRegister(0);
            List<long> acknowledgedAt = [0];
            foreach (var length in lengths)
            {
                var startedAt = acknowledgedAt[^1] + 1;
                register.Begin(acknowledgedAt.Count, startedAt).Acknowledge(startedAt + length.Get);
                acknowledgedAt.Add(startedAt + length.Get);
            }

            var now = acknowledgedAt[^1] + 1;
            return Enumerable.Range(0, acknowledgedAt.Count).All(value => register.OverruledFor(value, now, now)
                == (value == acknowledgedAt.Count - 1 ? 0 : now - acknowledgedAt[value + 1]));
        }).QuickCheckThrowOnFailure();
    }
}
