using Connect.Caching.Tiers;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Caching;

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

    private void Open()
    {
        _breaker.Failed();
        _breaker.Failed();
    }
}
