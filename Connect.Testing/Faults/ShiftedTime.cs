namespace Connect.Testing.Faults;

/// <summary>A wall clock that is off by a time that can be changed. Durations are measured with the machine's monotonic clock, which is right.</summary>
internal sealed class ShiftedTime(TimeSpan offset) : TimeProvider
{
    private long _offsetTicks = offset.Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _offsetTicks));

    public void SetOffset(TimeSpan value) => Volatile.Write(ref _offsetTicks, value.Ticks);
}
