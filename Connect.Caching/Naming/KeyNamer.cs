using Connect.Caching.Flow;
using Connect.Caching.Generations;

namespace Connect.Caching.Naming;

/// <summary>
/// Names keys by current generations: from memory while they are verified, else by a query for this read.
/// </summary>
internal sealed class KeyNamer(GenerationState state, GenerationLoader loader, KeyComposer composer, TimeProvider time)
{
    /// <summary>
    /// The kept name of a key, if it is verified by the monotonic clock. The wall clock, and with it the day and a
    /// sleep of the machine, is not checked: use it only for answers that are kept no longer than
    /// <see cref="RecentAnswer.MaxAge"/>.
    /// </summary>
    /// <param name="key">The logical key.</param>
    /// <param name="timestamp">Monotonic time.</param>
    public ComposedKey? FindRecent(string key, long timestamp) =>
        state.TryGetVerified(timestamp, out var session) ? composer.FindByGenerations(key, session) : null;

    /// <summary>The kept name of a key, if it is verified and current.</summary>
    public ComposedKey? FindCurrent(string key, DateTimeOffset now) =>
        state.TryGetVerified(now, out var session) ? composer.FindCurrent(key, session, now) : null;

    /// <summary>The kept name of a key, if it stands by the last known generations, verified or not.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="confirmedAt">Monotonic time of their last confirmation; 0 for never.</param>
    public ComposedKey? FindLastKnown(string key, out long confirmedAt)
    {
        var last = state.Last;
        confirmedAt = last?.ConfirmedAt ?? 0;
        return last is not null && composer.Find(key) is { } known && known.IsCurrent(last, time.GetUtcNow()) ? known : null;
    }

    /// <summary>Whether an eviction of a key is known since it was named.</summary>
    public bool IsOvertaken(ComposedKey named) => state.Last is { } last && named.IsOvertakenIn(last);

    /// <summary>The reason why a key cannot be named now, if a recent query failed; null otherwise.</summary>
    public Exception? FindObstacle() => state.TryGetVerified(out _) ? null : loader.FindAbsence();

    /// <summary>Names a key.</summary>
    /// <param name="key">The logical key.</param>
    /// <param name="variant">The wanted successor; null for the value itself.</param>
    /// <param name="tags">The entry's tags.</param>
    /// <param name="ambient">Counts the queries for generations, and may have a future moment.</param>
    /// <param name="cancellationToken">Ends the wait; a shared load continues.</param>
    /// <param name="slotGeneration">
    /// The generation of the key's slot that the caller's own eviction returned: the present one may be another caller's.
    /// </param>
    /// <exception cref="DatabaseUnavailableException">The query failed; or a recent one did, so that none was tried.</exception>
    public async ValueTask<ComposedKey> NameAsync(
        string key, string? variant, string[] tags, CacheAmbient? ambient, CancellationToken cancellationToken, long? slotGeneration = null)
    {
        var rows = KeyComposer.RowsOf(key, tags);
        if (state.TryGetVerified(out var session))
        {
            var tagGenerations = Array.ConvertAll(rows, session.GenerationOf);
            try
            {
                if (!Array.TrueForAll(tagGenerations, tagGeneration => tagGeneration.IsLoaded))
                {
                    ambient?.Trace?.AddGenerationQuery();
                    await GenerationSession.EnsureLoadedAsync(rows, tagGenerations, missing => LoadAsync(session, missing))
                        .WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                var generations = WithSlot(Array.ConvertAll(tagGenerations, tagGeneration => tagGeneration.Value), slotGeneration);
                if (!session.HasEnded)
                {
                    // The name of a future moment is not kept, because readers would find it as the present one.
                    return ambient?.AsOf is { } moment
                        ? composer.Compose(key, variant, tags, session.Identity, rows, generations, session: null, [], moment)
                        : composer.Compose(key, variant, tags, session.Identity, rows, generations, session, tagGenerations, time.GetUtcNow());
                }
            }
            catch (SessionEndedException)
            {
                // The pool reached another database than the listener: query again, for this read only.
            }
        }

        ambient?.Trace?.AddGenerationQuery();
        var snapshot = await loader.LoadAsync(rows).WaitAsync(cancellationToken).ConfigureAwait(false);
        var asked = WithSlot(Array.ConvertAll(rows, row => snapshot.Generations.GetValueOrDefault(row)), slotGeneration);
        return composer.Compose(key, variant, tags, snapshot.Identity, rows, asked, session: null, [], ambient?.AsOf ?? time.GetUtcNow());
    }

    /// <summary>A name that no other read has, for a value that is computed while generations cannot be asked for.</summary>
    public ComposedKey NameAlone(string key) => composer.ComposeAlone(key);

    /// <summary>Whether the primary database answers a query for generations now.</summary>
    public async ValueTask<bool> IsAnsweredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await loader.LoadAsync([CacheTags.EverythingRow]).WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> LoadAsync(GenerationSession session, string[] rows)
    {
        var snapshot = await loader.LoadAsync(rows).ConfigureAwait(false);
        if (snapshot.Identity != session.Identity)
        {
            state.End(session, "a query reached another database than the listener");
            throw new SessionEndedException();
        }

        return snapshot.Generations;
    }

    // The slot's row is the last one.
    private static long[] WithSlot(long[] generations, long? slotGeneration)
    {
        generations[^1] = slotGeneration ?? generations[^1];
        return generations;
    }
}
