namespace Connect.Caching.Generations;

/// <summary>
/// The generation of one row in this instance's memory. It only rises. It exists before the generation is loaded, so
/// that a notification that overtakes the load is not lost.
/// </summary>
internal sealed class TagGeneration
{
    private readonly Lock _gate = new();
    private long _value;
    private long _raisedAt;
    private volatile bool _loaded;
    private volatile bool _dead;

    /// <summary>The generation; valid once <see cref="IsLoaded"/>.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Whether the generation was read from the database; a heard one alone is not enough.</summary>
    public bool IsLoaded => _loaded;

    /// <summary>Whether the session has dropped this object: notifications no longer reach it, so it must not be used.</summary>
    public bool IsDead => _dead;

    /// <summary>Takes the larger one of both generations; true if it rose.</summary>
    /// <param name="value">The other generation.</param>
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
    /// Whether a generation that a query read is lower than the one that was known when the query was sent. Generations
    /// only rise, so the database was restored then.
    /// </summary>
    public bool IsContradictedBy(long value, long sentAt)
    {
        lock (_gate)
        {
            return value < _value && _raisedAt < sentAt;
        }
    }
}
