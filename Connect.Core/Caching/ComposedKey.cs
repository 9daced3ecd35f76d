namespace Connect.Core.Caching;

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

/// <summary>
/// A logical key with the numbers that it was named by. Usable while its cells still hold those numbers, so a
/// hit compares a few numbers instead of building a string.
/// </summary>
internal sealed class ComposedKey
{
    private readonly GenerationEpoch? _epoch;
    private readonly GenerationCell[] _cells;
    private CacheFlight? _flight;

    public ComposedKey(
        CacheLayer layer, string logical, string physical, string name, string[] tags, string[] counters, long[] numbers,
        GenerationEpoch? epoch, GenerationCell[] cells, DateTimeOffset qualifierValidUntil)
    {
        Layer = layer;
        Logical = logical;
        Physical = physical;
        Name = name;
        Tags = tags;
        Counters = counters;
        Numbers = numbers;
        QualifierValidUntil = qualifierValidUntil;
        _epoch = epoch;
        _cells = cells;
    }

    public CacheLayer Layer { get; }

    public string Logical { get; }

    /// <summary>The key in both tiers.</summary>
    public string Physical { get; }

    /// <summary>The suffix: a hash of everything that the value depends on.</summary>
    public string Name { get; }

    public string[] Tags { get; }

    public string[] Counters { get; }

    public long[] Numbers { get; }

    public DateTimeOffset QualifierValidUntil { get; }

    /// <summary>The latest flight under this name.</summary>
    public CacheFlight? Flight => Volatile.Read(ref _flight);

    /// <summary>Whether the name is still the current one, as far as this process knows.</summary>
    public bool IsCurrent(GenerationEpoch epoch, DateTimeOffset now)
    {
        if (!ReferenceEquals(_epoch, epoch) || now >= QualifierValidUntil)
        {
            return false;
        }

        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i].Value != Numbers[i] || _cells[i].IsDead)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Begins a flight, or joins the one that has begun and is not complete.</summary>
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
