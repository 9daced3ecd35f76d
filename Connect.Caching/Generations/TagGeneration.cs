namespace Connect.Caching.Generations;

/// <summary>
/// The generation of one tag as this process knows it. It only rises. It exists, as a placeholder, before the
/// generation is loaded, so that a notification which overtakes the load is not lost.
/// </summary>
internal sealed class TagGeneration
{
    private readonly Lock _gate = new();
    private long _value;
    private long _raisedAt;
    private volatile bool _loaded;
    private volatile bool _dead;

    /// <summary>The generation; meaningful once <see cref="IsLoaded"/>.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Whether the generation was read from the database, not only heard of.</summary>
    public bool IsLoaded => _loaded;

    /// <summary>Whether the map dropped this tagGeneration: notifications no longer reach it, so nothing may trust it.</summary>
    public bool IsDead => _dead;

    /// <summary>The load under way, shared by everybody who waits for this generation. Guarded by the session's gate.</summary>
    public Task? Loading { get; set; }

    /// <summary>Takes the larger of the generations held and heard; true when it rose.</summary>
    /// <param name="value">The generation heard.</param>
    /// <param name="now">Monotonic time stamp.</param>
    public bool Raise(long value, long now)
    {
        lock (_gate)
        {
            if (value <= _value)
            {
                return false;
            }

            Volatile.Write(ref _value, value);
            _raisedAt = now;
            return true;
        }
    }

    public void MarkLoaded() => _loaded = true;

    public void MarkDead() => _dead = true;

    /// <summary>
    /// Whether a generation read by a query contradicts what was already known when that query was sent: generations
    /// only rise, so the database has gone back.
    /// </summary>
    public bool IsContradictedBy(long value, long sentAt)
    {
        lock (_gate)
        {
            return value < _value && _raisedAt < sentAt;
        }
    }
}
