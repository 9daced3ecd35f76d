namespace Connect.Caching.Layers;

/// <summary>
/// A value that is overtaken by time: after <see cref="ValidUntil"/> it would be computed differently although
/// nobody changed anything. A read that finds it past asks again, under a name that contains the moment.
/// </summary>
public interface IExpiringValue
{
    /// <summary>The first moment at which the value is no longer what would be computed; null for never.</summary>
    DateTimeOffset? ValidUntil { get; }
}
