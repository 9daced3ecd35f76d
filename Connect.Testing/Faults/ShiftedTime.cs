namespace Connect.Testing.Faults;

/// <summary>A wall clock that can be set; the monotonic one goes on as ever.</summary>
internal sealed class ShiftedTime(TimeSpan offset) : TimeProvider
{
    private long _offsetTicks = offset.Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _offsetTicks));

    public void SetOffset(TimeSpan value) => Volatile.Write(ref _offsetTicks, value.Ticks);
}
