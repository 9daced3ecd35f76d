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

                if (tag.Exceptions.Count > 0 && entry == owner && owner.State == EntityState.Modified && OnlyExceptionsChanged(owner, tag))
                {
                    continue;
                }

                record.Add(reason: null, causeId: null, tag.Fill(owner.OriginalValues), tag.Fill(owner.CurrentValues));
            }
        }
    }

    // A property that is written with its old value may have another one in the database, unless a concurrency token says that the row
    // is as it was loaded. Nothing is known of an entity that is modified and differs in nothing: it was not loaded.
    private static bool OnlyExceptionsChanged(EntityEntry entry, TagTemplate tag)
    {
        if (entry.ComplexCollections.Any(collection => collection.IsModified))
        {
            return false;
        }

        var (original, current) = (entry.OriginalValues, entry.CurrentValues);
        var properties = entry.Metadata.GetFlattenedProperties().ToList();
        var changed = properties.Where(property => !property.GetValueComparer().Equals(original[property], current[property])).ToList();
        var isGuarded = properties.Exists(property => property.IsConcurrencyToken);
        return changed.Count > 0
            && changed.TrueForAll(IsException)
            && (isGuarded || properties.TrueForAll(property => IsException(property) || !IsWritten(property)));

        bool IsException(IProperty property) => property.DeclaringType == entry.Metadata && tag.Exceptions.Contains(property.Name);

        // Properties of complex types have no entry here; they count as written where any of them is.
        bool IsWritten(IProperty property) => property.DeclaringType is IComplexType
            ? entry.ComplexProperties.Any(complex => complex.IsModified)
            : entry.Property(property).IsModified;
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
            .Select(tag => tag.Exceptions.FirstOrDefault(name => entity!.FindProperty(name) is null) is { } unknown
                ? throw new InvalidOperationException(
                    $"The tag '{tag}' excepts '{unknown}', which is no mapped property of {entity!.DisplayName()}.")
                : tag)
            .ToArray(),
        entity);
}
