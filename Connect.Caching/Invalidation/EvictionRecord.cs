using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Connect.Caching.Invalidation;

/// <summary>The tags that a context's transaction will bump. A service of each context.</summary>
internal sealed class EvictionRecord : IResettableService
{
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private readonly List<(EntityEntry Entity, TagTemplate Tag)> _followed = [];
    private string? _reason;

    /// <summary>The tags recorded so far, in ordinal order: the order in which their rows are locked.</summary>
    public IReadOnlyCollection<string> Tags => _tags;

    /// <summary>The reason of the first one.</summary>
    public string Reason => _reason ?? CacheEvictionReasons.Changed;

    /// <summary>The cause's id; null for none.</summary>
    public Guid? CauseId { get; private set; }

    /// <summary>Whether nothing is to be evicted.</summary>
    public bool IsEmpty => _tags.Count == 0 && _followed.Count == 0;

    /// <summary>Whether a <see cref="Connect.Caching.CacheTransaction{TContext}"/> runs the context, and will bump the tags.</summary>
    public bool IsInTransaction { get; set; }

    public void Add(string? reason, Guid? causeId, params ReadOnlySpan<string> tags)
    {
        _reason ??= reason;
        CauseId ??= causeId;
        foreach (var tag in tags)
        {
            CacheTags.Validate(tag);
            _tags.Add(tag);
        }
    }

    /// <summary>Remembers a tag of a new entity, to be recorded by its values after it is saved.</summary>
    public void Follow(EntityEntry entity, TagTemplate tag) => _followed.Add((entity, tag));

    /// <summary>Records the remembered tags.</summary>
    public void Saved()
    {
        _followed.ForEach(followed => Add(reason: null, causeId: null, followed.Tag.Fill(followed.Entity.CurrentValues)));
        _followed.Clear();
    }

    /// <summary>Drops the remembered tags: saving failed, and the next attempt adds them again.</summary>
    public void NotSaved() => _followed.Clear();

    /// <summary>Resets the record, because a pooled context is reused.</summary>
    public void ResetState()
    {
        _tags.Clear();
        _followed.Clear();
        _reason = null;
        CauseId = null;
        IsInTransaction = false;
    }

    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }
}
