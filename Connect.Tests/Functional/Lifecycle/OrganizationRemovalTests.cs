using Connect.Api.Organizations;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Data.Instances;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Lifecycle;

/// <summary>What a deletion of an organization leaves, and what may still be under way meanwhile.</summary>
public sealed class OrganizationRemovalTests(RunningApplication application)
{
    private static readonly DateTimeOffset Now = LifecycleRows.Now;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_not_personal_stays()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);
        var other = await LifecycleRows.AddAsync(database);

        Assert.NotNull((await RemoveAsync(instance, rows)).Organization);

        await using var context = database.CreateContext();
        var left = await context.Organizations.SingleAsync(o => o.Id == rows.Organization.Id, CancellationToken);
        Assert.Equal((OrganizationStatus.Deactivated, Now, Now, ""), (left.Status, left.DeactivatedAt!.Value, left.UpdatedAt, left.Name));
        Assert.All(
            (string?[])[left.BusinessNumberEncrypted, left.BusinessNumberHash, left.PrimaryContactName, left.PrimaryContactEmail, left.PrimaryContactPhone,
                left.Address, left.Website, left.Description],
            Assert.Null);
        Assert.Equal((Sector.Ict, OrganizationType.Company), (left.IndustrySector!.Value, left.Type));

        Assert.Equal(other.Organization.Id, await context.MatchMarkChanges.Join(context.Matches, c => c.MatchId, m => m.Id, (_, m) => m.OrganizationId).SingleAsync(CancellationToken));

        // Of two of everything, the other organization's is there.
        Assert.Equal(other.Organization.Id, Assert.Single(await context.Matches.ToListAsync(CancellationToken)).OrganizationId);
        Assert.Equal(other.Organization.Id, Assert.Single(await context.OrganizationActivity.ToListAsync(CancellationToken)).OrganizationId);
        Assert.Equal(other.Organization.Id, Assert.Single(await context.Invitations.ToListAsync(CancellationToken)).OrganizationId);
        Assert.Equal(other.Organization.Id, Assert.Single(await context.ApiKeys.ToListAsync(CancellationToken)).OrganizationId);
        Assert.Equal(other.Organization.Id, Assert.Single(await context.Mails.ToListAsync(CancellationToken)).OrganizationId);
        Assert.Equal(
            new HashSet<Guid> { other.Owner.Id, other.Editor.Id },
            await context.Users.Where(u => u.OrganizationId != null).Select(u => u.Id).ToHashSetAsync(CancellationToken));
        Assert.Equal(2, await context.Users.CountAsync(u => u.OrganizationRole != null, CancellationToken));
        var keys = await context.IdempotencyKeys.ToDictionaryAsync(key => key.UserId, key => key.ResultIds, CancellationToken);
        Assert.Empty(keys[rows.Owner.Id]);
        Assert.Equal([other.Organization.Id], keys[other.Owner.Id]);

        var eviction = await context.CacheEvictions.OrderBy(one => one.Id).LastAsync(CancellationToken);
        Assert.Superset(
            new HashSet<string> { ConnectTags.Organization(left.Id), ConnectTags.Marks(left.Id), ConnectTags.User(rows.Owner.Id), ConnectTags.User(rows.Editor.Id) },
            eviction.Tags.ToHashSet());
        Assert.Single(eviction.Tags, tag => tag.StartsWith("key:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Second_deletion_finds_nothing_and_evicts_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);

        var changes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RemoveAsync(instance, rows)));

        Assert.Single(changes, change => change.Organization is not null);
        await using var context = database.CreateContext();
        Assert.Single(await context.CacheEvictions.ToListAsync(CancellationToken));
    }

    [Fact]
    public async Task Member_who_is_no_owner_any_more_deletes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);

        Assert.True((await RemoveAsync(instance, rows, rows.Editor.Id)).IsForbidden);
        Assert.True((await RemoveAsync(instance, rows, Guid.CreateVersion7())).IsForbidden);
        Assert.NotNull((await RemoveAsync(instance, rows, rows.Owner.Id)).Organization);
    }

    [Fact]
    public async Task Request_that_has_read_the_user_before_does_not_make_it_a_member_again()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);
        await using var request = database.CreateContext();
        var read = await request.Users.SingleAsync(u => u.Id == rows.Editor.Id, CancellationToken);

        await RemoveAsync(instance, rows);

        // As Identity's store writes a user: every column.
        read.AccessFailedCount++;
        request.Update(read);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => request.SaveChangesAsync(CancellationToken));
        await using var context = database.CreateContext();
        Assert.Null((await context.Users.SingleAsync(u => u.Id == rows.Editor.Id, CancellationToken)).OrganizationId);
    }

    [Fact]
    public async Task Ranking_and_activity_that_come_late_are_not_stored()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Host = builder => builder.Services.AddCacheInstance("api", static _ => (string?)null) });
        var rows = await LifecycleRows.AddAsync(database);
        await using var context = database.CreateContext();
        var programs = await context.Programs.ToListAsync(CancellationToken);
        string[] tags = [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(rows.Organization.Id)];

        await RemoveAsync(instance, rows);
        await instance.Get<MatchWriter>().StoreAsync(
            rows.Organization.Id, [.. programs.Select(program => new RankedMatch(ActiveProgram.Of(program), new(30, 15, 20, 10, 5), []))],
            new CacheComputation(tags, [1, 1, 1], asOf: null), Now, CancellationToken);
        instance.Get<ActivityLog>().Note(rows.Organization.Id);
        await instance.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        Assert.Empty(await context.Matches.ToListAsync(CancellationToken));
        Assert.Empty(await context.OrganizationActivity.ToListAsync(CancellationToken));
    }

    private static Task<OrganizationChange> RemoveAsync(TestInstance instance, LifecycleRows rows, Guid? ownerId = null) =>
        instance.Transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.RemoveAsync(context, rows.Organization.Id, ownerId, _ => true, Now, token), CancellationToken);
}
