namespace Connect.Core.Caching;

/// <summary>
/// A logical key with the numbers that it was named by. Usable while its cells still hold those numbers, so a
/// hit compares a few numbers instead of building a string.
/// </summary>
internal sealed class ComposedKey
{
    private readonly GenerationEpoch? _epoch;
    private readonly GenerationCell[] _cells;
    private readonly RecentAnswer _recent = new();
    private FlightSlot _flights = new();

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
    public CacheFlight? Flight => _flights.Latest;

    /// <summary>The answer that memory gave a moment ago.</summary>
    public RecentAnswer Recent => _recent;

    /// <summary>Whether the name is still the current one, as far as this process knows.</summary>
    public bool IsCurrent(GenerationEpoch epoch, DateTimeOffset now) => now < QualifierValidUntil && HasNumbersOf(epoch);

    /// <summary>Whether the numbers that it was named by still stand.</summary>
    public bool HasNumbersOf(GenerationEpoch epoch)
    {
        if (!ReferenceEquals(_epoch, epoch))
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
    public CacheFlight BeginFlight() => _flights.Begin();

    /// <summary>Takes part in the flights of a key that stood for the same name: they share computations.</summary>
    public ComposedKey InPlaceOf(ComposedKey other)
    {
        _flights = other._flights;
        return this;
    }
}
