using Connect.Caching.Layers;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Connect.Caching.Invalidation;

/// <summary>The tags that a context's changes overrule, until its transaction raises their generations. A service of each context.</summary>
internal sealed class EvictionRecord : IResettableService
{
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private readonly List<(EntityEntry Entity, TagTemplate Tag)> _followed = [];
    private string? _reason;

    /// <summary>The tags recorded so far, in ordinal order: the order in which their rows are locked.</summary>
    public IReadOnlyCollection<string> Tags => _tags;

    /// <summary>Why the first of them was recorded.</summary>
    public string Reason => _reason ?? CacheEvictionReasons.Changed;

    /// <summary>What is the cause; null where nothing was told.</summary>
    public Guid? CauseId { get; private set; }

    /// <summary>Whether anything is to be evicted.</summary>
    public bool IsEmpty => _tags.Count == 0 && _followed.Count == 0;

    /// <summary>Whether a <see cref="Connect.Caching.CacheTransaction{TContext}"/> runs the context, and will raise what is recorded.</summary>
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

    /// <summary>Waits for a new entity to be saved, to record a tag of it by the values that it has then.</summary>
    public void Follow(EntityEntry entity, TagTemplate tag) => _followed.Add((entity, tag));

    /// <summary>Records the tags of the entities that were waited for.</summary>
    public void Saved()
    {
        _followed.ForEach(followed => Add(reason: null, causeId: null, followed.Tag.Fill(followed.Entity.CurrentValues)));
        _followed.Clear();
    }

    /// <summary>Waits for no entity any more: they were not saved, and a next attempt tells them again.</summary>
    public void NotSaved() => _followed.Clear();

    /// <summary>Forgets everything: a pooled context comes back to life for another caller.</summary>
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
