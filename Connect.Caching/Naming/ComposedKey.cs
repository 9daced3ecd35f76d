using Connect.Caching.Generations;
using Connect.Caching.Layers;

namespace Connect.Caching.Naming;

/// <summary>
/// A logical key with the generations that it was named by. Usable while its tagGenerations still hold those generations, so a
/// hit compares a few generations instead of building a string.
/// </summary>
internal sealed class ComposedKey
{
    private readonly GenerationSession? _session;
    private readonly TagGeneration[] _tagGenerations;
    private readonly RecentAnswer _recent = new();
    private FlightSlot _flights = new();
    private long _absentUntil;

    public ComposedKey(
        CacheLayer layer, string logical, string physical, string name, string[] tags, string[] rows, long[] generations,
        GenerationSession? session, TagGeneration[] tagGenerations, DateTimeOffset qualifierValidUntil)
    {
        Layer = layer;
        Logical = logical;
        Physical = physical;
        Name = name;
        Tags = tags;
        Rows = rows;
        Generations = generations;
        QualifierValidUntil = qualifierValidUntil;
        _session = session;
        _tagGenerations = tagGenerations;
    }

    public CacheLayer Layer { get; }

    public string Logical { get; }

    /// <summary>The key in both tiers.</summary>
    public string Physical { get; }

    /// <summary>The suffix: a hash of everything that the value depends on.</summary>
    public string Name { get; }

    public string[] Tags { get; }

    public string[] Rows { get; }

    public long[] Generations { get; }

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
    public bool IsCurrent(GenerationSession session, DateTimeOffset now) => now < QualifierValidUntil && HasGenerationsOf(session);

    /// <summary>Whether the generations that it was named by still stand.</summary>
    public bool HasGenerationsOf(GenerationSession session)
    {
        if (!ReferenceEquals(_session, session))
        {
            return false;
        }

        for (var i = 0; i < _tagGenerations.Length; i++)
        {
            if (_tagGenerations[i].Value != Generations[i] || _tagGenerations[i].IsDead)
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
