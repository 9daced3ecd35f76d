using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// The last good value of each key, for outages of the database. Only the outermost read of a request may use it, so
/// that no stored value is computed from it.
/// </summary>
internal sealed class LastGoodStore(IOptions<CacheOptions> options, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _values = new(new MemoryCacheOptions { SizeLimit = options.Value.MaxLastGood });

    public void Put<T>(ComposedKey key, T value)
    {
        if (key.Layer.FailSafe)
        {
            using var entry = _values.CreateEntry(key.Logical);
            entry.Value = new LastGood<T>(value, key.Physical, time.GetTimestamp());
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = key.Layer.MaxTtl;
        }
    }

    /// <summary>The last good value, if it may be served now.</summary>
    /// <param name="layer">The key's layer.</param>
    /// <param name="logical">The logical key.</param>
    /// <param name="current">The key's name by the last verified generations; null if they are not known.</param>
    /// <param name="confirmedAt">Monotonic time at which those generations were confirmed last.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">The name that it was stored under.</param>
    public bool TryGet<T>(CacheLayer layer, string logical, ComposedKey? current, long confirmedAt, out T value, out string name)
    {
        if (_values.Get(logical) is LastGood<T> good)
        {
            var overtaken = current?.Physical != good.Physical;
            var age = time.GetElapsedTime(overtaken ? good.StoredAt : confirmedAt);

            // A value that decides about access must not be used after a known eviction.
            if (age <= options.Value.LastGoodMaxAge && !(overtaken && layer.Authorizes))
            {
                (value, name) = (good.Value, good.Physical);
                return true;
            }
        }

        (value, name) = (default!, "");
        return false;
    }

    public void Dispose() => _values.Dispose();

    private sealed record LastGood<T>(T Value, string Physical, long StoredAt);
}
