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

/// <summary>The latest flight of a name.</summary>
internal sealed class FlightSlot
{
    private CacheFlight? _flight;

    public CacheFlight? Latest => Volatile.Read(ref _flight);

    /// <summary>Joins the running flight, or begins one.</summary>
    public CacheFlight Begin()
    {
        while (true)
        {
            var flight = Latest;
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
