namespace Connect.Caching.Naming;

/// <summary>
/// What memory answered under a name a moment ago, so that a name which is asked for again and again is not looked up
/// each time. Holds the value weakly and for a tenth of a second at most: the memory tier alone decides what is kept,
/// how much of it and for how long.
/// </summary>
internal sealed class RecentAnswer
{
    /// <summary>The longest that an answer stands for the next one.</summary>
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

    // Two may do this at once: both have the value of the same name.
    /// <param name="value">The answer.</param>
    /// <param name="until">Monotonic time until which it stands.</param>
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
