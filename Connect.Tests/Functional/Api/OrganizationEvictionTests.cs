using System.Text.Json.Nodes;
using Connect.Api.Organizations;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Functional.Api;

/// <summary>The model declares the tag that a change of an organization evicts.</summary>
public sealed class OrganizationEvictionTests(RunningApplication application)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creation_change_and_deletion_evict_the_organization_once_each()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        var id = await CreateAsync(database, instance);
        await instance.Transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.UpdateAsync(context, id, new JsonObject { ["rdExperience"] = true }, null, _ => true, Now, token),
            CancellationToken);
        await instance.Transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.RemoveAsync(context, id, ownerId: null, _ => true, Now, token), CancellationToken);

        var log = await ReadLogAsync(database);
        Assert.Equal([EvictionReasons.Changed, EvictionReasons.Changed, EvictionReasons.Changed], log.Select(eviction => eviction.Reason));
        Assert.All(log, eviction => Assert.Contains(ConnectTags.Organization(id), eviction.Tags));
    }

    [Fact]
    public async Task Refused_change_evicts_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var id = await CreateAsync(database, instance);

        var change = await instance.Transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.UpdateAsync(context, id, new JsonObject { ["name"] = "다른 이름" }, null, _ => false, Now, token),
            CancellationToken);

        Assert.True(change.IsStale);
        Assert.Single(await ReadLogAsync(database));
    }

    [Fact]
    public async Task Change_outside_of_a_transaction_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var id = await CreateAsync(database, instance);
        await using var scope = instance.Get<IServiceScopeFactory>().CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();

        (await context.Organizations.SingleAsync(organization => organization.Id == id, CancellationToken)).RdExperience = true;

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(CancellationToken));
    }

    private static async Task<Guid> CreateAsync(TestDatabase database, TestInstance instance)
    {
        var user = new User { Id = Guid.CreateVersion7() };
        await using var context = database.CreateContext();
        context.Users.Add(user);
        await context.SaveChangesAsync(CancellationToken);
        var request = new CreateOrganizationRequest { Type = OrganizationType.Company, Name = "시험 회사" };
        var created = await instance.Transaction.ExecuteAsync(
            (inner, token) => OrganizationWrites.InsertAsync(inner, request, user.Id, new StoredBusinessNumber("number", "hash"), Now, token), CancellationToken);
        return created!.Id;
    }

    private static async Task<List<CacheEviction>> ReadLogAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.CacheEvictions.OrderBy(eviction => eviction.Id).ToListAsync(CancellationToken);
    }
}
