using Connect.Caching.Layers;

namespace Connect.Caching.Naming;

/// <summary>One Redis read or computation under way or done for a physical key, shared by everybody who joined it.</summary>
internal sealed class CacheFlight
{
    // 0: nothing found and nothing computed.
    private volatile int _found;
    private volatile bool _completed;

    public bool IsCompleted => _completed;

    /// <summary>Where its value came from; null while there is none, and for good where nothing was to be computed.</summary>
    public CacheOutcome? Outcome => _found == 0 ? null : (CacheOutcome)(_found - 1);

    public void Found(CacheOutcome outcome) => _found = (int)outcome + 1;

    public void Complete() => _completed = true;
}

/// <summary>The latest flight of a name.</summary>
internal sealed class FlightSlot
{
    private CacheFlight? _flight;

    public CacheFlight? Latest => Volatile.Read(ref _flight);

    /// <summary>Begins a flight, or joins the one that has begun and is not complete.</summary>
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
