namespace Connect.Caching.Naming;

/// <summary>
/// The last answer from memory under a name, so that repeated reads skip the lookup. It holds the value weakly and for
/// <see cref="MaxAge"/> at most, so that the memory tier's limit still counts.
/// </summary>
internal sealed class RecentAnswer
{
    /// <summary>Longest time that an answer is reused.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(100);

    private WeakReference<object>? _value;
    private long _until;

    /// <param name="now">Monotonic time.</param>
    /// <param name="value">The answer.</param>
    public bool TryGet<T>(long now, out T value)
    {
        if (now < Volatile.Read(ref _until) && _value!.TryGetTarget(out var target) && target is T typed)
        {
            value = typed;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>Ends the reuse.</summary>
    public void Forget() => Volatile.Write(ref _until, 0);

    // Concurrent callers have the value of the same name.
    /// <param name="value">The answer.</param>
    /// <param name="until">Monotonic time until which it is reused.</param>
    public void Set(object value, long until)
    {
        if (_value is { } known)
        {
            known.SetTarget(value);
        }
        else
        {
            Interlocked.CompareExchange(ref _value, new WeakReference<object>(value), null);
        }

        Volatile.Write(ref _until, until);
    }
}
