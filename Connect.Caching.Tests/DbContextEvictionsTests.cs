using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Conventions;

namespace Connect.Caching.Tests;

/// <summary>What the library adds to a model, on a model of each test's own: contexts build theirs once in a process.</summary>
public sealed class DbContextEvictionsTests
{
    [Fact]
    public void Tables_have_the_columns_that_the_librarys_sql_names()
    {
        var model = Build(static builder => builder.AddCacheTables());

        Assert.Equal(
            ["tag character varying(200)", "bumped_at timestamp with time zone", "generation bigint", "reason character varying(64)", "xid xid8"],
            ColumnsOf(model, typeof(CacheGeneration), "cache_generations"));
        Assert.Equal(["tag", "xid"], KeysOf(model, typeof(CacheGeneration)));
        Assert.Equal(
            ["id bigint", "at timestamp with time zone", "cause_id uuid", "reason text", "tags text[]"],
            ColumnsOf(model, typeof(CacheEviction), "cache_evictions"));
        Assert.Equal(["id", "at"], KeysOf(model, typeof(CacheEviction)));
    }

    [Fact]
    public void Every_declared_tag_is_recorded_by_its_old_and_its_new_value()
    {
        var model = Build(static builder => builder.Entity<Product>(product =>
        {
            product.OwnsOne(p => p.Price);
            product.InvalidatesTag(p => $"product:{p.Id}");
            product.InvalidatesTag(p => "category:" + p.CategoryId);
        }));

        Assert.Equal(["category:3", "category:4", "product:1"], RecordMoved(model));
    }

    [Fact]
    public void Model_without_declared_tags_records_none() =>
        Assert.Empty(RecordMoved(Build(static builder => builder.Entity<Product>().OwnsOne(p => p.Price))));

    [Fact]
    public void Column_written_with_its_old_value_evicts_where_nothing_says_that_the_row_is_as_it_was_loaded()
    {
        Assert.Equal(["product:1"], RecordUpdated(Build(static builder => Declare(builder.Entity<Product>()))));
        Assert.Empty(RecordUpdated(Build(static builder => Declare(builder.Entity<Product>()).Property(p => p.CategoryId).IsConcurrencyToken())));

        static EntityTypeBuilder<Product> Declare(EntityTypeBuilder<Product> product)
        {
            product.OwnsOne(p => p.Price);
            return product.InvalidatesTag(p => $"product:{p.Id}", exceptFor: p => p.Name);
        }
    }

    [Fact]
    public void Value_of_a_complex_type_evicts()
    {
        var model = Build(static builder => builder.Entity<Product>(product =>
        {
            product.ComplexProperty(p => p.Price);
            product.InvalidatesTag(p => $"product:{p.Id}", exceptFor: p => p.Name);
        }));

        Assert.Equal(["product:1"], RecordChanged(model, product => (product.Name, product.Price.Amount) = ("new", 12)));
        Assert.Empty(RecordChanged(model, product => product.Name = "new"));
    }

    [Fact]
    public void Exception_that_is_not_mapped_is_refused_when_it_is_first_needed()
    {
        var model = Build(static builder => builder.Entity<Product>(product =>
        {
            product.OwnsOne(p => p.Price);
            product.InvalidatesTag(p => $"product:{p.Id}", exceptFor: p => p.Price);
        }));

        Assert.Contains("'Price'", Assert.Throws<InvalidOperationException>(() => RecordMoved(model)).Message, StringComparison.Ordinal);
    }

    private static IModel Build(Action<ModelBuilder> configure)
    {
        var builder = NpgsqlConventionSetBuilder.CreateModelBuilder();
        configure(builder);
        using var context = Create(builder.FinalizeModel());

        // By the context, which initializes it.
        return context.GetService<IDesignTimeModel>().Model;
    }

    private static DbContext Create(IModel model) => new(
        new DbContextOptionsBuilder().UseNpgsql("Host=127.0.0.1;Port=1").UseModel(model).UseCacheInvalidation().Options);

    private static IEnumerable<string> ColumnsOf(IModel model, Type type, string table)
    {
        var entity = model.FindEntityType(type)!;
        Assert.Equal(table, entity.GetTableName());
        return entity.GetProperties().Select(property => $"{property.GetColumnName()} {property.GetColumnType()}");
    }

    // Of the primary key, then of the indexes.
    private static IEnumerable<string> KeysOf(IModel model, Type type)
    {
        var entity = model.FindEntityType(type)!;
        return entity.FindPrimaryKey()!.Properties.Concat(entity.GetIndexes().SelectMany(index => index.Properties)).Select(property => property.GetColumnName());
    }

    private static IEnumerable<string> RecordMoved(IModel model) => RecordChanged(model, product => product.CategoryId = 4);

    private static IEnumerable<string> RecordUpdated(IModel model) => RecordChanged(
        model, product => product.Name = "new", (context, product) => context.Update(product));

    private static IEnumerable<string> RecordChanged(IModel model, Action<Product> change, Action<DbContext, Product>? mark = null)
    {
        using var context = Create(model);
        var product = context.Attach(new Product { Id = 1, CategoryId = 3 }).Entity;
        change(product);
        mark?.Invoke(context, product);
        context.ChangeTracker.DetectChanges();
        var record = context.GetService<EvictionRecord>();
        DeclaredTags.Record(context, record);
        return record.Tags.Order(StringComparer.Ordinal);
    }
}
