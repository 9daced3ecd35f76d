using System.Diagnostics.Metrics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Generations;

/// <summary>The lease, by both clocks, and what ends a session.</summary>
public sealed class GenerationStateTests : IDisposable
{
    private static readonly DatabaseIdentity Identity = new(1, 1, 1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly GenerationState _state;
    private readonly GenerationSession _session = new(Identity, watermark: 1, maxTags: 100);

    public GenerationStateTests() => _state = new(
        Options.Create(new CacheOptions { LeaseDuration = Lease }), _time, TestMetrics.Of(_services.GetRequiredService<IMeterFactory>()),
        NullLogger<GenerationState>.Instance);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Session_is_verified_from_its_first_confirmation_to_its_end()
    {
        Assert.False(_state.TryGetVerified(out _));
        _state.Begin(_session, position: 1);
        Assert.False(_state.TryGetVerified(out _));
        Assert.False(_state.TryGetVerified(_time.GetTimestamp(), out _));
        Assert.False(_state.FirstSync.IsCompleted);

        Confirm();
        Assert.True(_state.FirstSync.IsCompleted);
        Assert.True(_state.TryGetVerified(out var verified));
        Assert.True(_state.TryGetVerified(_time.GetTimestamp(), out var recent));
        Assert.Equal((_session, _session), (verified, recent));

        _state.End(_session, "test");
        Assert.False(_state.TryGetVerified(out _));
        Assert.False(_state.TryGetVerified(_time.GetTimestamp(), out _));
        Assert.Equal((null, _session), (_state.Current, _state.Last));
    }

    [Fact]
    public void Session_that_ended_elsewhere_is_not_verified()
    {
        _state.Begin(_session, position: 1);
        Confirm();

        _session.End();

        Assert.False(_state.TryGetVerified(out _));
        Assert.False(_state.TryGetVerified(_time.GetTimestamp(), out _));
    }

    [Fact]
    public void Lease_lasts_as_long_as_it_says_and_no_tick_longer()
    {
        _state.Begin(_session, position: 1);
        Confirm();
        var confirmedAt = _time.GetTimestamp();

        _time.Advance(Lease);
        Assert.True(_state.TryGetVerified(out _));
        Assert.True(_state.TryGetVerified(confirmedAt + Lease.Ticks, out _));
        _time.Advance(Tick);
        Assert.False(_state.TryGetVerified(out _));
        Assert.False(_state.TryGetVerified(confirmedAt + Lease.Ticks + 1, out _));

        // The wall clock alone is within the bound.
        Assert.False(_state.TryGetVerified(_time.GetUtcNow() - Lease, out _));
        Confirm();
        Assert.True(_state.TryGetVerified(out _));
    }

    [Fact]
    public void Wall_clock_that_is_off_by_more_than_the_lease_ends_it_in_both_directions()
    {
        _state.Begin(_session, position: 1);
        Confirm();
        var now = _time.GetUtcNow();

        Assert.True(_state.TryGetVerified(now + Lease, out _));
        Assert.True(_state.TryGetVerified(now - Lease, out _));
        Assert.False(_state.TryGetVerified(now + Lease + Tick, out _));
        Assert.False(_state.TryGetVerified(now - Lease - Tick, out _));
    }

    [Fact]
    public void End_of_a_former_session_leaves_the_present_one()
    {
        var next = new GenerationSession(Identity, watermark: 1, maxTags: 100);
        _state.Begin(_session, position: 1);
        _state.Begin(next, position: 1);

        _state.End(_session, "test");

        Assert.True(_session.HasEnded);
        Assert.Equal((next, next), (_state.Current, _state.Last));
    }

    [Fact]
    public void Log_is_behind_only_if_it_is_shorter_than_at_any_confirmation_of_its_history()
    {
        _state.Begin(_session, position: 10);
        Assert.Equal((true, false), (_state.IsBehind(9), _state.IsBehind(10)));

        Confirm(position: 20);
        Confirm(position: 15);
        Assert.Equal((true, false), (_state.IsBehind(19), _state.IsBehind(20)));

        _state.Begin(_session, position: 5);
        Assert.Equal((true, false), (_state.IsBehind(4), _state.IsBehind(5)));
    }

    [Fact]
    public void Generation_that_is_learned_is_told_with_its_source()
    {
        List<string> learned = [];
        _state.Learned += (row, generation, source) => learned.Add($"{row} {generation} {source}");
        _state.ApplyOwn(new Dictionary<string, long> { ["t"] = 1 });
        _state.Begin(_session, position: 1);
        var tag = _session.GenerationOf("t");
        _state.ApplyOwn(new Dictionary<string, long> { ["t"] = 2 });
        Assert.Equal(2, tag.Value);
        _state.ApplyHeard(_session, "t", 3);
        Assert.Equal(3, tag.Value);

        Assert.False(_state.ApplyPolled(_session, "t", 3));
        Assert.True(_state.ApplyPolled(_session, "t", 4));

        Assert.Equal(["t 1 Own", "t 2 Own", "t 3 Heard", "t 4 Polled"], learned);
        Assert.Equal(4, tag.Value);
    }

    [Fact]
    public async Task Wait_for_a_notification_ends_with_it_or_with_its_bound()
    {
        _state.Begin(_session, position: 1);
        _state.ApplyHeard(_session, "early", 5);
        using var early = _state.Expect("early", 5);
        using var late = _state.Expect("t", 5);
        Assert.True(await early.WaitAsync(TimeSpan.Zero));
        Assert.False(await late.WaitAsync(TimeSpan.Zero));

        _state.ApplyHeard(_session, "t", 4);
        _state.ApplyHeard(_session, "other", 6);
        var wait = late.WaitAsync(Lease);
        Assert.False(wait.IsCompleted);
        _time.Advance(Lease);
        Assert.False(await wait);

        wait = late.WaitAsync(Lease);
        _state.ApplyHeard(_session, "t", 6);
        Assert.True(await wait);
    }

    private void Confirm(long position = 1) => _state.Confirm(_session, position, _time.GetTimestamp(), _time.GetUtcNow());
}
