namespace Connect.Benchmarks.Replay.Clock;

/// <summary>
/// The clock of everything that is replayed. The wall clock stands still until the driver moves it. The monotonic one
/// runs in real time and is also moved, so that a value kept for a tenth of a second by it does not outlive a simulated
/// night. Timers are real, because the replay waits for none.
/// </summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private long _now = start.UtcTicks;
    private long _moved;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc />
    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _moved);

    /// <summary>Moves both clocks on.</summary>
    /// <returns>By how much.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The moment is past.</exception>
    public TimeSpan MoveTo(DateTimeOffset moment)
    {
        var moved = moment - GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfLessThan(moved, TimeSpan.Zero, nameof(moment));
        Volatile.Write(ref _now, moment.UtcTicks);
        Interlocked.Add(ref _moved, ToTimestamps(moved));
        return moved;
    }

    /// <summary>A duration in the unit of <see cref="GetTimestamp"/>.</summary>
    public long ToTimestamps(TimeSpan duration) => (long)(duration.TotalSeconds * TimestampFrequency);
}
