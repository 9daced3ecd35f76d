using Connect.Caching.Generations;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional;

public sealed class TestDatabaseTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_is_migrated_and_empty_when_it_is_created()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();

        Assert.Empty(await context.Database.GetPendingMigrationsAsync(CancellationToken));
        Assert.False(await context.Programs.AnyAsync(CancellationToken));
        Assert.False(await context.Set<CacheGeneration>().AnyAsync(CancellationToken));
    }

    [Fact]
    public async Task Model_has_no_change_without_a_migration()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();

        Assert.False(context.Database.HasPendingModelChanges());
    }
}
