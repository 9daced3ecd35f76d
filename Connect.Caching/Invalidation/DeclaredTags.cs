using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Connect.Caching.Invalidation;

/// <summary>The tags that entities are declared to invalidate, and the changes that do.</summary>
internal static class DeclaredTags
{
    private const string Annotation = "CacheInvalidation:Tags";
    private const char Separator = '\n';

    /// <summary>Adds a tag to those that an entity's changes invalidate.</summary>
    public static void Declare(IMutableEntityType entity, TagTemplate tag)
    {
        var declared = entity[Annotation] as string;
        entity[Annotation] = declared is null ? tag.ToString() : $"{declared}{Separator}{tag}";
    }

    /// <summary>
    /// Records the tags of every entity that is about to be saved: by its values as they were and as they will be, so that
    /// an entity that moves from one tag to another invalidates both. Those of new entities follow when they are saved,
    /// because the database may give them their keys.
    /// </summary>
    public static void Record(DbContext context, EvictionRecord record)
    {
        if (!HasDeclarations(context.Model))
        {
            return;
        }

        foreach (var entry in context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            // What an entity owns is a part of it, with an entry of its own.
            var owner = OwnerOf(entry);
            foreach (var tag in TagsOf(owner.Metadata))
            {
                if (owner.State == EntityState.Added)
                {
                    record.Follow(owner, tag);
                    continue;
                }

                record.Add(reason: null, causeId: null, tag.Fill(owner.OriginalValues), tag.Fill(owner.CurrentValues));
            }
        }
    }

    private static EntityEntry OwnerOf(EntityEntry entry)
    {
        while (entry.Metadata.FindOwnership() is { } ownership)
        {
            var key = ownership.Properties.Select(property => entry.Property(property).CurrentValue).ToList();
            var owner = entry.Context.ChangeTracker.Entries().FirstOrDefault(candidate =>
                ownership.PrincipalEntityType.IsAssignableFrom(candidate.Metadata)
                && ownership.PrincipalKey.Properties.Select(property => candidate.Property(property).CurrentValue).SequenceEqual(key));
            if (owner is null)
            {
                break;
            }

            entry = owner;
        }

        return entry;
    }

    private static bool HasDeclarations(IModel model) => model.GetOrAddRuntimeAnnotationValue(
        Annotation, static model => model!.GetEntityTypes().Any(entity => TagsOf(entity).Length > 0), model);

    private static TagTemplate[] TagsOf(IEntityType entity) => entity.GetOrAddRuntimeAnnotationValue(
        $"{Annotation}:Parsed",
        static entity => entity!.GetAllBaseTypesInclusive()
            .Select(type => type.FindAnnotation(Annotation)?.Value as string)
            .SelectMany(text => text?.Split(Separator) ?? [])
            .Select(TagTemplate.Parse)
            .ToArray(),
        entity);
}
