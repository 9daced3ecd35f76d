using System.Linq.Expressions;
using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Caching;

/// <summary>A context's part in the cache: the tables of generations, and the tags that its changes evict.</summary>
public static class DbContextEvictions
{
    /// <summary>Makes a context record evictions; required for a <see cref="CacheTransaction{TContext}"/>.</summary>
    public static TBuilder UseCacheInvalidation<TBuilder>(this TBuilder options)
        where TBuilder : DbContextOptionsBuilder
    {
        ArgumentNullException.ThrowIfNull(options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new CacheInvalidationExtension());
        return options;
    }

    /// <summary>
    /// Maps two tables, which migrations create: <c>cache_generations</c>, with a row for each tag that was ever
    /// evicted, and <c>cache_evictions</c>, the log of evictions. To be called in <c>OnModelCreating</c>.
    /// </summary>
    public static ModelBuilder AddCacheTables(this ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Entity<CacheGeneration>(entity =>
        {
            entity.ToTable("cache_generations");
            entity.HasKey(generation => generation.Tag);
            entity.Property(generation => generation.Tag).HasColumnName("tag").HasMaxLength(CacheTags.MaxLength);
            entity.Property(generation => generation.Generation).HasColumnName("generation");
            entity.Property(generation => generation.Xid).HasColumnName("xid").HasColumnType("xid8");
            entity.Property(generation => generation.Reason).HasColumnName("reason").HasMaxLength(64);
            entity.Property(generation => generation.BumpedAt).HasColumnName("bumped_at");
            entity.HasIndex(generation => generation.Xid);
        });
        builder.Entity<CacheEviction>(entity =>
        {
            entity.ToTable("cache_evictions");
            entity.HasKey(eviction => eviction.Id);
            entity.Property(eviction => eviction.Id).HasColumnName("id");
            entity.Property(eviction => eviction.At).HasColumnName("at");
            entity.Property(eviction => eviction.Tags).HasColumnName("tags");
            entity.Property(eviction => eviction.Reason).HasColumnName("reason");
            entity.Property(eviction => eviction.CauseId).HasColumnName("cause_id");
            entity.HasIndex(eviction => eviction.At);
        });
        return builder;
    }

    /// <summary>
    /// Declares that a change of the entity evicts a tag. Adding, changing or removing one through the change tracker
    /// then requires a <see cref="CacheTransaction{TContext}"/>, and throws elsewhere. Statements on sets
    /// (<c>ExecuteUpdate</c>, SQL) are not tracked: they need
    /// <see cref="EvictTags(DbContext, string, ReadOnlySpan{string})"/>.
    /// </summary>
    /// <param name="entity">The entity.</param>
    /// <param name="tag">Constants and properties of the entity, such as <c>p => $"product:{p.Id}"</c>.</param>
    /// <param name="exceptFor">
    /// Properties that no value with the tag depends on, such as <c>p => new { p.Note, p.UpdatedAt }</c> or <c>p => p.Note</c>. An
    /// entity of which only these changed evicts nothing, and may be saved anywhere; added and removed ones always evict. These are
    /// named, and not those that evict, so that a new property evicts until nothing cached is said to depend on it. Values are
    /// compared with those that the entity was loaded with. A column that is written with its old value, as by <c>Update</c>, counts
    /// as changed unless the entity has a concurrency token: only then its value in the database is known. So does an entity that was
    /// not loaded, but attached by <c>Update</c>; it has to be saved before its properties are set.
    /// </param>
    /// <exception cref="ArgumentException">The tag or the exception contains another expression.</exception>
    public static EntityTypeBuilder<TEntity> InvalidatesTag<TEntity>(
        this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, string>> tag, Expression<Func<TEntity, object?>>? exceptFor = null)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(tag);
        DeclaredTags.Declare(entity.Metadata, TagTemplate.Of(tag, exceptFor));
        return entity;
    }

    /// <summary>
    /// Records that the changes about to be saved make values with these tags outdated. Nothing is sent yet: the
    /// <see cref="CacheTransaction{TContext}"/> bumps the tags as its last statement.
    /// </summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="reason">One of a few reasons, such as <c>price-import</c>; the first one of a transaction counts.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="InvalidOperationException">The context does not <see cref="UseCacheInvalidation{TBuilder}"/>.</exception>
    public static void EvictTags(this DbContext context, string reason, params ReadOnlySpan<string> tags) =>
        context.GetService<EvictionRecord>().Add(reason, causeId: null, tags);

    /// <summary>The same, with the id of the cause, for the log of evictions.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="reason">One of a few reasons; the first one of a transaction counts.</param>
    /// <param name="causeId">An id of the application's; the first one of a transaction counts.</param>
    /// <param name="tags">The tags.</param>
    public static void EvictTags(this DbContext context, string reason, Guid causeId, params ReadOnlySpan<string> tags) =>
        context.GetService<EvictionRecord>().Add(reason, causeId, tags);
}
