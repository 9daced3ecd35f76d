using Connect.Caching;
using Connect.Data.Caching;

namespace Connect.Data.Organizations;

/// <summary>Removes API keys, which open nothing from then on.</summary>
internal static class KeyRemoval
{
    /// <summary>Removes keys, and evicts what they open. With their owner locked, no key is added meanwhile.</summary>
    public static async Task RemoveKeysAsync(this ConnectDbContext context, IQueryable<ApiKey> keys, CancellationToken cancellationToken)
    {
        var ids = await keys.Select(k => k.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (ids.Count > 0)
        {
            await keys.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            context.EvictTags(EvictionReasons.Changed, [.. ids.Select(ConnectTags.Key)]);
        }
    }
}
