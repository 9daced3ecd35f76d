using Connect.Caching.Generations;

namespace Connect.Caching.Naming;

/// <summary>
/// A logical key with the generations that it was named by. It is kept while these stand, so that a hit compares a few
/// generations instead of building a string.
/// </summary>
internal sealed class ComposedKey
{
    private readonly GenerationSession? _session;
    private readonly TagGeneration[] _tagGenerations;
    private readonly RecentAnswer _recent = new();
    private NameState _state = new();

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
    public CacheFlight? Flight => _state.Flight;

    /// <summary>The recent answer from memory.</summary>
    public RecentAnswer Recent => _recent;

    /// <summary>Monotonic time until which a factory's null under this name is kept.</summary>
    public long AbsentUntil
    {
        get => _state.AbsentUntil;
        set => _state.AbsentUntil = value;
    }

    /// <summary>Whether the name is still the current one, by the session's generations and the qualifier.</summary>
    public bool IsCurrent(GenerationSession session, DateTimeOffset now) => now < QualifierValidUntil && HasGenerationsOf(session);

    /// <summary>Whether it was named in this session, by generations that it has no longer.</summary>
    public bool IsOvertakenIn(GenerationSession session) => ReferenceEquals(_session, session) && !HasGenerationsOf(session);

    /// <summary>Whether the session still has the generations that it was named by.</summary>
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

    /// <summary>Joins the running flight, or begins one.</summary>
    public CacheFlight BeginFlight() => _state.BeginFlight();

    /// <summary>Shares the state of another object with the same name, so that both share computations.</summary>
    public ComposedKey InPlaceOf(ComposedKey other)
    {
        _state = other._state;
        return this;
    }
}
