using Connect.Caching.Layers;
using Connect.Caching.Naming;

namespace Connect.Caching.Tests.Naming;

/// <summary>What a name remembers besides its generations: the recent answer, and the latest flight.</summary>
public sealed class RecentAnswerTests
{
    [Fact]
    public void Answer_is_given_again_until_its_moment_and_only_as_its_own_type()
    {
        var recent = new RecentAnswer();
        Assert.False(recent.TryGet<string>(0, out _));

        recent.Set("first", until: 10);
        Assert.True(recent.TryGet<string>(9, out var value));
        Assert.Equal("first", value);
        Assert.False(recent.TryGet<Version>(9, out _));
        Assert.False(recent.TryGet<string>(10, out _));

        recent.Set("second", until: 20);
        Assert.True(recent.TryGet(19, out value));
        Assert.Equal("second", value);
    }

    [Fact]
    public void Flight_is_joined_while_it_runs_and_followed_by_another()
    {
        var state = new NameState();
        Assert.Null(state.Flight);
        var first = state.BeginFlight();
        Assert.Null(first.Outcome);
        Assert.Same(first, state.BeginFlight());

        first.Found(CacheOutcome.Memory);
        Assert.Equal(CacheOutcome.Memory, first.Outcome);
        first.Found(CacheOutcome.Miss);
        first.Complete();
        var second = state.BeginFlight();

        Assert.NotSame(first, second);
        Assert.Same(second, state.Flight);
        Assert.Equal((CacheOutcome.Miss, null), (first.Outcome, second.Outcome));
    }
}
