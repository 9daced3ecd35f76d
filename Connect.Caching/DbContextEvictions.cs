using System.Linq.Expressions;
using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Connect.Caching.Layers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Connect.Caching;

/// <summary>What a context has to do with the cache: the tables of generations, and the tags that its changes overrule.</summary>
public static class DbContextEvictions
{
    /// <summary>Makes a context record evictions; needed by every context that a <see cref="CacheTransaction{TContext}"/> runs.</summary>
    public static TBuilder UseCacheInvalidation<TBuilder>(this TBuilder options)
        where TBuilder : DbContextOptionsBuilder
    {
        ArgumentNullException.ThrowIfNull(options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new CacheInvalidationExtension());
        return options;
    }

    /// <summary>
    /// Maps the two tables: <c>cache_generations</c>, one row per tag that was ever evicted, and <c>cache_evictions</c>, the
    /// log of evictions. Called in <c>OnModelCreating</c>; migrations create them.
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
    /// Declares that a change of the entity evicts a tag: whatever adds, changes or removes one through the change tracker
    /// then has to run in a <see cref="CacheTransaction{TContext}"/>, and throws elsewhere. Statements on sets
    /// (<c>ExecuteUpdate</c>, SQL) are not seen: they call <see cref="EvictTags(DbContext, string, ReadOnlySpan{string})"/>.
    /// </summary>
    /// <param name="entity">The entity.</param>
    /// <param name="tag">Constants and properties of the entity, such as <c>p => $"product:{p.Id}"</c>.</param>
    /// <exception cref="ArgumentException">The tag is made of something else.</exception>
    public static EntityTypeBuilder<TEntity> InvalidatesTag<TEntity>(
        this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, string>> tag)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(tag);
        DeclaredTags.Declare(entity.Metadata, TagTemplate.Of(tag));
        return entity;
    }

    /// <summary>
    /// Records that the changes about to be saved overrule what is cached under these tags. Nothing is sent yet: the
    /// <see cref="CacheTransaction{TContext}"/> raises their generations as its last statement.
    /// </summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="reason">Why, in a word or two of low cardinality, such as <c>profile-changed</c>; the first one counts.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="InvalidOperationException">The context does not <see cref="UseCacheInvalidation{TBuilder}"/>.</exception>
    public static void EvictTags(this DbContext context, string reason, params ReadOnlySpan<string> tags) =>
        context.GetService<EvictionRecord>().Add(reason, causeId: null, tags);

    /// <summary>The same, with the id of what is the cause: the log of evictions names it.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="reason">Why, in a word or two of low cardinality.</param>
    /// <param name="causeId">What is the cause; the first one counts.</param>
    /// <param name="tags">The tags.</param>
    public static void EvictTags(this DbContext context, string reason, Guid causeId, params ReadOnlySpan<string> tags) =>
        context.GetService<EvictionRecord>().Add(reason, causeId, tags);
}
