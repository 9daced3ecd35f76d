namespace Connect.Caching.Layers;

/// <summary>
/// A value that time makes outdated: after <see cref="ValidUntil"/> it would be computed differently, without a change
/// of data. A read after that moment computes a successor, under a name that contains the moment.
/// </summary>
public interface IExpiringValue
{
    /// <summary>The moment from which the value would be computed differently; null for never.</summary>
    DateTimeOffset? ValidUntil { get; }
}
