using Connect.Data.Accounts;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Lifecycle;

/// <summary>What a deletion of an account leaves, and when it is refused.</summary>
public sealed class AccountRemovalTests(RunningApplication application)
{
    private static readonly DateTimeOffset Now = LifecycleRows.Now;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_of_the_person_goes_and_what_others_need_stays()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);
        var (person, other) = (rows.Editor, rows.Owner);
        await AddRowsAsync(database, rows.Organization.Id, person, other);

        Assert.Equal(AccountRemovalOutcome.Removed, await RemoveAsync(instance, person.Id));

        await using var context = database.CreateContext();
        Assert.Equal(other.Id, Assert.Single(await context.Users.ToListAsync(CancellationToken)).Id);
        Assert.Equal(other.Id, Assert.Single(await context.UserSessions.ToListAsync(CancellationToken)).UserId);
        Assert.Equal(other.Id, Assert.Single(await context.UserLogins.ToListAsync(CancellationToken)).UserId);
        Assert.Equal(other.Id, Assert.Single(await context.UserRoles.ToListAsync(CancellationToken)).UserId);
        Assert.Empty(await context.UserTokens.ToListAsync(CancellationToken));
        Assert.Empty(await context.UserClaims.ToListAsync(CancellationToken));
        Assert.Empty(await context.Set<IdentityUserPasskey<Guid>>().ToListAsync(CancellationToken));
        Assert.Equal([$"user:{other.Id}"], await context.ExplanationAllowances.Select(a => a.Key).ToListAsync(CancellationToken));
        Assert.Equal([other.Id], await context.IdempotencyKeys.Select(key => key.UserId).ToListAsync(CancellationToken));

        // The organization's key and invitation outlive the member that made them; what was sent to the person does not.
        Assert.Equal(
            new HashSet<string> { "reports", "made by the person" }, await context.ApiKeys.Select(key => key.Name).ToHashSetAsync(CancellationToken));
        Assert.Null((await context.ApiKeys.SingleAsync(key => key.Name == "made by the person", CancellationToken)).CreatedBy);
        var invitations = await context.Invitations.ToDictionaryAsync(i => i.Email, i => i.InvitedBy, CancellationToken);
        Assert.Equal(new HashSet<string> { "new@example.com", "friend@example.com" }, [.. invitations.Keys]);
        Assert.Null(invitations["friend@example.com"]);
        Assert.Equal([other.Email], await context.Mails.Select(mail => mail.Recipient).ToListAsync(CancellationToken));

        // Marks belong to the organization and stay; the deleted account's id is removed from them.
        var match = await context.Matches.SingleAsync(CancellationToken);
        Assert.Equal((MatchStatus.Applied, "메모", null, null), (match.Status!.Value, match.Note, match.MarkedBy, match.MarkedByKey));
        Assert.Equal(
            new HashSet<(Guid?, string?)> { (null, "메모"), (other.Id, null) },
            [.. (await context.MatchMarkChanges.ToListAsync(CancellationToken)).Select(change => (change.UserId, change.Note))]);

        // Under an id that names nobody any more.
        Assert.Equal(person.Id, Assert.Single(await context.AuditEntries.ToListAsync(CancellationToken)).UserId);
        var evicted = await context.CacheEvictions.OrderBy(eviction => eviction.Id).LastAsync(CancellationToken);
        Assert.Contains(ConnectTags.User(person.Id), evicted.Tags);
        Assert.Equal(2, evicted.Tags.Count);
        Assert.StartsWith("key:", evicted.Tags.Order(StringComparer.Ordinal).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_is_not_confirmed_takes_nothing_of_its_real_owner_away()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);
        var impostor = LifecycleRows.NewUser();
        impostor.EmailConfirmed = false;
        await using var context = database.CreateContext();
        context.AddRange(
            impostor, LifecycleRows.NewInvitation(rows.Organization.Id, rows.Owner.Id, impostor.Email!, Now.AddDays(7)),
            LifecycleRows.NewMail(userId: null, rows.Organization.Id, impostor.Email));
        await context.SaveChangesAsync(CancellationToken);

        Assert.Equal(AccountRemovalOutcome.Removed, await RemoveAsync(instance, impostor.Id));

        Assert.True(await context.Invitations.AnyAsync(i => i.Email == impostor.Email, CancellationToken));
        Assert.True(await context.Mails.AnyAsync(m => m.Recipient == impostor.Email, CancellationToken));
    }

    [Fact]
    public async Task Last_owner_only_member_and_last_administrator_stay()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var rows = await LifecycleRows.AddAsync(database);
        var administrator = LifecycleRows.NewUser();
        await AddAdministratorsAsync(database, administrator);

        Assert.Equal(AccountRemovalOutcome.LastOwner, await RemoveAsync(instance, rows.Owner.Id));
        Assert.Equal(AccountRemovalOutcome.Removed, await RemoveAsync(instance, rows.Editor.Id));
        Assert.Equal(AccountRemovalOutcome.OnlyMember, await RemoveAsync(instance, rows.Owner.Id));
        Assert.Equal(AccountRemovalOutcome.LastAdministrator, await RemoveAsync(instance, administrator.Id));
        Assert.Equal(AccountRemovalOutcome.Unknown, await RemoveAsync(instance, rows.Editor.Id));
    }

    [Fact]
    public async Task One_of_two_owners_and_one_of_two_administrators_stays_when_both_leave_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var race = 0; race < 10; race++)
        {
            var rows = await LifecycleRows.AddAsync(database);
            await using var context = database.CreateContext();
            await context.Users.Where(u => u.Id == rows.Editor.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.OrganizationRole, (OrganizationRole?)null), CancellationToken);
            var (first, second) = (LifecycleRows.NewUser(), LifecycleRows.NewUser());
            await context.UserRoles.ExecuteDeleteAsync(CancellationToken);
            await AddAdministratorsAsync(database, first, second);

            var owners = await Task.WhenAll(RemoveAsync(instance, rows.Owner.Id), RemoveAsync(instance, rows.Editor.Id));
            var administrators = await Task.WhenAll(RemoveAsync(instance, first.Id), RemoveAsync(instance, second.Id));

            Assert.Equal([AccountRemovalOutcome.Removed, AccountRemovalOutcome.OnlyMember], owners.Order());
            Assert.Equal([AccountRemovalOutcome.Removed, AccountRemovalOutcome.LastAdministrator], administrators.Order());
        }
    }

    private static Task<AccountRemovalOutcome> RemoveAsync(TestInstance instance, Guid userId) =>
        instance.Transaction.ExecuteAsync((context, token) => AccountRemoval.RemoveAsync(context, userId, token), CancellationToken);

    private static async Task AddAdministratorsAsync(TestDatabase database, params User[] administrators)
    {
        await using var context = database.CreateContext();
        var role = await context.Roles.SingleOrDefaultAsync(CancellationToken);
        if (role is null)
        {
            role = new IdentityRole<Guid>(User.AdminRole) { Id = Guid.CreateVersion7(), NormalizedName = "ADMIN" };
            context.Add(role);
        }

        context.AddRange(administrators);
        context.AddRange(administrators.Select(administrator => new IdentityUserRole<Guid> { UserId = administrator.Id, RoleId = role.Id }));
        await context.SaveChangesAsync(CancellationToken);
    }

    private static async Task AddRowsAsync(TestDatabase database, Guid organizationId, User person, User other)
    {
        await using var context = database.CreateContext();
        var role = new IdentityRole<Guid>(User.AdminRole) { Id = Guid.CreateVersion7(), NormalizedName = "ADMIN" };
        context.Add(role);
        var match = await context.Matches.SingleAsync(CancellationToken);
        (match.Status, match.Note, match.MarkedAt, match.MarkedBy) = (MatchStatus.Applied, "메모", Now, person.Id);
        context.Add(new MatchMarkChange
        {
            MatchId = match.Id,
            At = Now,
            UserId = person.Id,
            FromStatus = MatchStatus.Interested,
            ToStatus = MatchStatus.Applied,
            Note = "메모",
        });
        foreach (var user in (User[])[person, other])
        {
            context.AddRange(
                new UserSession { UserId = user.Id, CreatedAt = Now, LastUsedAt = Now, ExpiresAt = Now.AddDays(14) },
                new IdentityUserLogin<Guid> { UserId = user.Id, LoginProvider = "issuer", ProviderKey = $"{user.Id}" },
                new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role.Id },
                new ExplanationAllowanceRow { Key = $"user:{user.Id}", FullAt = Now });
        }

        context.AddRange(
            new IdentityUserClaim<Guid> { UserId = person.Id, ClaimType = "type", ClaimValue = "value" },
            new IdentityUserToken<Guid> { UserId = person.Id, LoginProvider = "issuer", Name = "name", Value = "value" },
            new IdentityUserPasskey<Guid>
            {
                UserId = person.Id,
                CredentialId = [1],
                Data = new() { Name = "key", PublicKey = [1], AttestationObject = [1], ClientDataJson = [1], CreatedAt = Now },
            },
            new IdempotencyKey { UserId = person.Id, Key = "key", Operation = "test", RequestHash = "", CreatedAt = Now },
            new ApiKey { OrganizationId = organizationId, CreatedBy = person.Id, Name = "made by the person", SecretHash = [1], CreatedAt = Now, ExpiresAt = Now },
            new ApiKey { AdministratorId = person.Id, Name = "of the administrator", SecretHash = [1], CreatedAt = Now, ExpiresAt = Now },
            LifecycleRows.NewInvitation(organizationId, person.Id, "friend@example.com", Now.AddDays(7)),
            LifecycleRows.NewInvitation(organizationId, other.Id, person.Email!, Now.AddDays(7)),
            LifecycleRows.NewMail(person.Id, organizationId: null, recipient: null),
            LifecycleRows.NewMail(userId: null, organizationId, person.Email!.ToUpperInvariant()),
            new AuditEntry { UserId = person.Id, Method = "POST", Route = "/", Target = "", TraceId = "", At = Now });
        await context.SaveChangesAsync(CancellationToken);
    }
}
