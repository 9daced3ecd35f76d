using Connect.AppHost.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.AppHost;

public sealed class RestartPolicyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Delay_doubles_when_runs_are_short()
    {
        var policy = new RestartPolicy(_time);

        var delays = Enumerable.Range(0, 4).Select(_ => RunFor(policy, TimeSpan.FromSeconds(1))).ToList();

        Assert.Equal([0.5, 1, 2, 4], delays.Select(delay => delay!.Value.TotalSeconds));
    }

    [Fact]
    public void Policy_gives_up_when_every_run_is_short()
    {
        var policy = new RestartPolicy(_time);

        var delays = Enumerable.Range(0, RestartPolicy.ShortRunsBeforeGivingUp).Select(_ => RunFor(policy, TimeSpan.Zero)).ToList();

        Assert.Null(delays[^1]);
        Assert.All(delays[..^1], delay => Assert.NotNull(delay));
    }

    [Fact]
    public void Short_runs_are_forgiven_when_one_lasted()
    {
        var policy = new RestartPolicy(_time);
        for (var run = 0; run < RestartPolicy.ShortRunsBeforeGivingUp - 1; run++)
        {
            RunFor(policy, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(0.5), RunFor(policy, TimeSpan.FromMinutes(5)));
        Assert.Equal(TimeSpan.FromSeconds(1), RunFor(policy, TimeSpan.FromSeconds(1)));
    }

    private TimeSpan? RunFor(RestartPolicy policy, TimeSpan duration)
    {
        policy.OnStarted();
        _time.Advance(duration);
        return policy.OnCrashed();
    }
}
