using Connect.Caching.Generations;
using Connect.Caching.Invalidation;
using Connect.Caching.Tests.Instances;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>Tags that entities are declared to invalidate.</summary>
public sealed class DeclaredTagsTests(Servers servers)
{
    [Fact]
    public async Task New_entity_evicts_by_the_key_that_the_database_gave_it()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, tags) = await SaveAsync(instance, db => db.Add(new Product { CategoryId = 3 }).Entity);

        Assert.Equal(["category:3", $"product:{id}"], tags);
    }

    [Fact]
    public async Task Entity_that_moves_evicts_where_it_was_and_where_it_is()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, _) = await SaveAsync(instance, db => db.Add(new Product { CategoryId = 3 }).Entity);

        var (_, tags) = await SaveAsync(instance, db =>
        {
            var product = db.Products.Single(p => p.Id == id);
            product.CategoryId = 4;
            return product;
        });

        Assert.Equal(["category:3", "category:4", $"product:{id}"], tags);
    }

    [Fact]
    public async Task Entity_that_is_removed_evicts()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, _) = await SaveAsync(instance, db => db.Add(new Product { CategoryId = 3 }).Entity);

        var (_, tags) = await SaveAsync(instance, db => db.Remove(db.Products.Single(p => p.Id == id)).Entity);

        Assert.Equal(["category:3", $"product:{id}"], tags);
    }

    [Fact]
    public async Task Part_that_an_entity_owns_evicts_for_it()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, _) = await SaveAsync(instance, db => db.Add(new Product { CategoryId = 3 }).Entity);

        var (_, tags) = await SaveAsync(instance, db =>
        {
            var product = db.Products.Single(p => p.Id == id);
            product.Price.Amount = 12;
            return product;
        });

        Assert.Equal(["category:3", $"product:{id}"], tags);
    }

    [Fact]
    public async Task Undeclared_and_untouched_entities_evict_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, _) = await SaveAsync(instance, db => db.Add(new Product()).Entity);

        var (_, tags) = await SaveAsync(instance, db =>
        {
            db.Add(new Visit());
            return db.Products.Single(p => p.Id == id);
        });

        Assert.Empty(tags);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_outside_a_transaction_is_refused(bool isNew)
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        await SaveAsync(instance, db => db.Add(new Product()).Entity);
        await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        if (isNew)
        {
            db.Add(new Product());
        }
        else
        {
            db.Products.Single().Name = "changed";
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestInstance.Token));
    }

    [Fact]
    public async Task Save_that_failed_and_succeeds_the_second_time_evicts_once_and_rightly()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var (id, _) = await SaveAsync(instance, db => db.Add(new Product { CategoryId = 1 }).Entity);
        var tags = await instance.Transaction.ExecuteAsync(
            async (db, token) =>
            {
                await db.Database.CreateExecutionStrategy().ExecuteAsync(() => Task.CompletedTask);
                var twin = db.Add(new Product { Id = id }).Entity;
                await db.Database.CurrentTransaction!.CreateSavepointAsync("before", token);
                await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(token));
                await db.Database.CurrentTransaction!.RollbackToSavepointAsync("before", token);
                db.Entry(twin).State = EntityState.Detached;
                db.Add(new Product { CategoryId = 9 });
                await db.SaveChangesAsync(token);
                return db.GetService<EvictionRecord>().Tags.ToList();
            },
            TestInstance.Token);

        Assert.Contains("category:9", tags);
        Assert.DoesNotContain("category:0", tags);
    }

    [Fact]
    public async Task Excepted_properties_evict_nothing_and_are_saved_anywhere()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var id = await AddShelfAsync(instance);

        Assert.Empty(await ChangeShelfAsync(instance, id, (shelf, _) => shelf.Note = "dusty"));
        Assert.Empty(await ChangeShelfAsync(instance, id, (shelf, _) => shelf.Labels.Add("new")));
        Assert.Empty(await ChangeShelfAsync(instance, id, (shelf, db) =>
        {
            shelf.Note = "clean";
            db.Update(shelf);
        }));
        await instance.WithContextAsync(async db =>
        {
            (await db.Shelves.SingleAsync(s => s.Id == id, TestInstance.Token)).Note = "saved outside";
            return await db.SaveChangesAsync(TestInstance.Token);
        });

        var saved = await instance.WithContextAsync(db => db.Shelves.SingleAsync(TestInstance.Token));
        Assert.Equal(("saved outside", "new"), (saved.Note, saved.Labels.Single()));
    }

    [Fact]
    public async Task Every_other_change_of_an_entity_with_exceptions_evicts()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var id = await AddShelfAsync(instance);
        string[] evicted = [$"shelf:{id}"];

        Assert.Equal(evicted, await ChangeShelfAsync(instance, id, (shelf, _) => shelf.Name = "renamed"));
        Assert.Equal(evicted, await ChangeShelfAsync(instance, id, (shelf, _) => (shelf.Name, shelf.Note) = ("again", "renamed")));
        Assert.Equal(evicted, await ChangeShelfAsync(instance, id, (shelf, db) =>
        {
            // Not loaded: its values in the database are unknown.
            db.ChangeTracker.Clear();
            db.Update(new Shelf { Id = id, Name = "unseen", Version = shelf.Version });
        }));
        Assert.Equal(evicted, await ChangeShelfAsync(instance, id, (shelf, db) => db.Remove(shelf)));
        Assert.Equal([$"shelf:{id + 1}"], await EvictedAsync(instance, async (db, token) => await db.AddAsync(new Shelf(), token)));
    }

    [Fact]
    public async Task Change_of_more_than_exceptions_is_refused_outside_a_transaction()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var id = await AddShelfAsync(instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => instance.WithContextAsync(async db =>
        {
            var shelf = await db.Shelves.SingleAsync(s => s.Id == id, TestInstance.Token);
            (shelf.Note, shelf.Name) = ("dusty", "renamed");
            return await db.SaveChangesAsync(TestInstance.Token);
        }));
    }

    private static Task<int> AddShelfAsync(TestInstance instance) => instance.Transaction.ExecuteAsync(
        async (db, token) =>
        {
            var shelf = db.Add(new Shelf { Name = "first" }).Entity;
            await db.SaveChangesAsync(token);
            return shelf.Id;
        },
        TestInstance.Token);

    private static Task<List<string>> ChangeShelfAsync(TestInstance instance, int id, Action<Shelf, ShopDb> change) =>
        EvictedAsync(instance, async (db, token) => change(await db.Shelves.SingleAsync(s => s.Id == id, token), db));

    private static async Task<List<string>> EvictedAsync(TestInstance instance, Func<ShopDb, CancellationToken, Task> change)
    {
        await instance.Transaction.ExecuteAsync((db, token) => db.Database.ExecuteSqlAsync($"delete from cache_evictions", token), TestInstance.Token);
        await instance.Transaction.ExecuteAsync(change, TestInstance.Token);
        var evictions = await instance.WithContextAsync(db => db.Set<CacheEviction>().ToListAsync(TestInstance.Token));
        return evictions.SingleOrDefault()?.Tags ?? [];
    }

    // The tags that were evicted are those of the log's newest row.
    private static async Task<(int Id, List<string> Tags)> SaveAsync(TestInstance instance, Func<ShopDb, Product> change)
    {
        await instance.Transaction.ExecuteAsync((db, _) => db.Database.ExecuteSqlAsync($"delete from cache_evictions", TestInstance.Token), TestInstance.Token);
        var product = await instance.Transaction.ExecuteAsync((db, _) => Task.FromResult(change(db)), TestInstance.Token);
        var evictions = await instance.WithContextAsync(db => db.Set<CacheEviction>().ToListAsync(TestInstance.Token));
        return (product.Id, evictions.SingleOrDefault()?.Tags ?? []);
    }
}
