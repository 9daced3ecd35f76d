namespace Connect.Caching.Naming;

/// <summary>A Redis read or a computation of a physical key, running or complete, shared by all callers that joined it.</summary>
internal sealed class CacheFlight
{
    // 0 for none, else the outcome plus 1.
    private volatile int _found;
    private volatile bool _completed;

    public bool IsCompleted => _completed;

    /// <summary>The origin of its value; null while there is no value, and if none was to be computed.</summary>
    public CacheOutcome? Outcome => _found == 0 ? null : (CacheOutcome)(_found - 1);

    public void Found(CacheOutcome outcome) => _found = (int)outcome + 1;

    public void Complete() => _completed = true;
}

/// <summary>What all key objects of one name share: its latest flight, and that there is no value.</summary>
internal sealed class NameState
{
    private CacheFlight? _flight;
    private long _absentUntil;

    /// <summary>The latest flight.</summary>
    public CacheFlight? Flight => Volatile.Read(ref _flight);

    /// <summary>Monotonic time until which a factory's null is kept.</summary>
    public long AbsentUntil
    {
        get => Volatile.Read(ref _absentUntil);
        set => Volatile.Write(ref _absentUntil, value);
    }

    /// <summary>Joins the running flight, or begins one.</summary>
    public CacheFlight BeginFlight()
    {
        while (true)
        {
            var flight = Flight;
            if (flight is { IsCompleted: false })
            {
                return flight;
            }

            var begun = new CacheFlight();
            if (ReferenceEquals(Interlocked.CompareExchange(ref _flight, begun, flight), flight))
            {
                return begun;
            }
        }
    }
}
