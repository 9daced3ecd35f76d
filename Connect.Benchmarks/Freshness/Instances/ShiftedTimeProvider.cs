namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>A wall clock that is wrong by a fixed time. What it measures durations with is right, as on a real machine.</summary>
internal sealed class ShiftedTimeProvider(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
