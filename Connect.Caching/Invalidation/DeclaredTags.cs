using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Connect.Caching.Invalidation;

/// <summary>The declared tags of entities, and their recording.</summary>
internal static class DeclaredTags
{
    private const string Annotation = "CacheInvalidation:Tags";
    private const char Separator = '\n';

    /// <summary>Adds a tag to an entity's declared tags.</summary>
    public static void Declare(IMutableEntityType entity, TagTemplate tag)
    {
        var declared = entity[Annotation] as string;
        entity[Annotation] = declared is null ? tag.ToString() : $"{declared}{Separator}{tag}";
    }

    /// <summary>
    /// Records the tags of every entity that is about to be saved, by its original and its current values, so that an
    /// entity that moves between tags evicts both. Tags of new entities are recorded after they are saved, because the
    /// database may generate their keys.
    /// </summary>
    public static void Record(DbContext context, EvictionRecord record)
    {
        if (!HasDeclarations(context.Model))
        {
            return;
        }

        foreach (var entry in context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            // An owned entity belongs to its owner, but has its own entry.
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
