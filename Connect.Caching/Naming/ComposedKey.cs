using Connect.Caching.Generations;
using Connect.Caching.Layers;

namespace Connect.Caching.Naming;

/// <summary>
/// A logical key with the numbers that it was named by. Usable while its cells still hold those numbers, so a
/// hit compares a few numbers instead of building a string.
/// </summary>
internal sealed class ComposedKey
{
    private readonly GenerationSession? _epoch;
    private readonly TagGeneration[] _cells;
    private readonly RecentAnswer _recent = new();
    private FlightSlot _flights = new();
    private long _absentUntil;

    public ComposedKey(
        CacheLayer layer, string logical, string physical, string name, string[] tags, string[] counters, long[] numbers,
        GenerationSession? epoch, TagGeneration[] cells, DateTimeOffset qualifierValidUntil)
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

    /// <summary>Monotonic time until which there is no such thing: a factory answered null under this name.</summary>
    public long AbsentUntil
    {
        get => Volatile.Read(ref _absentUntil);
        set => Volatile.Write(ref _absentUntil, value);
    }

    /// <summary>Whether the name is still the current one, as far as this process knows.</summary>
    public bool IsCurrent(GenerationSession epoch, DateTimeOffset now) => now < QualifierValidUntil && HasNumbersOf(epoch);

    /// <summary>Whether the numbers that it was named by still stand.</summary>
    public bool HasNumbersOf(GenerationSession epoch)
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
        AbsentUntil = other.AbsentUntil;
        return this;
    }
}
