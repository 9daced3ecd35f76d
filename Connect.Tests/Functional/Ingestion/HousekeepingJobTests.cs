using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

public sealed class HousekeepingJobTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_was_kept_long_enough_is_forgotten()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();
        var user = new User { Id = Guid.CreateVersion7(), UserName = "kim", SecurityStamp = "" };
        context.Users.Add(user);
        var now = IngestionHarness.Now;
        context.IdempotencyKeys.AddRange(NewKey(user, "kept", now.AddHours(-24)), NewKey(user, "forgotten", now.AddHours(-24).AddSeconds(-1)));
        context.AuditEntries.AddRange(NewEntry("kept", now.AddDays(-731)), NewEntry("forgotten", now.AddDays(-731).AddSeconds(-1)));
        context.CacheEvictions.AddRange(NewEviction("kept", now.AddDays(-7)), NewEviction("forgotten", now.AddDays(-7).AddSeconds(-1)));
        context.CacheMinutes.AddRange(NewMinute("kept", now.AddDays(-7)), NewMinute("forgotten", now.AddDays(-7).AddMinutes(-1)));
        context.Mails.AddRange(
            NewMail("waits", null), NewMail("kept", now.AddDays(-30)), NewMail("forgotten", now.AddDays(-30).AddSeconds(-1)));
        await context.SaveChangesAsync(CancellationToken);

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        Assert.Equal(["kept", "waits"], await context.Mails.OrderBy(mail => mail.Key).Select(mail => mail.Key).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.IdempotencyKeys.Select(key => key.Key).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.AuditEntries.Select(entry => entry.Target).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.CacheEvictions.Select(eviction => eviction.Reason).ToListAsync(CancellationToken));
        Assert.Equal(["kept"], await context.CacheMinutes.Select(minute => minute.Layer).ToListAsync(CancellationToken));
        Assert.Empty(await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Page_of_the_last_suspicious_run_of_each_board_stays_however_old_it_is()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var before = IngestionHarness.Now.AddDays(-30).AddSeconds(-1);
        await AddPageAsync(harness, Agency.NTIS, "forgotten", before);
        await AddPageAsync(harness, Agency.NTIS, "of the last month", before.AddSeconds(1));
        await AddPageAsync(harness, Agency.KEIT, "forgotten", before.AddDays(-300));
        await AddPageAsync(harness, Agency.KEIT, "the board's last one", before.AddDays(-200));
        await using var context = harness.CreateContext();

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        Assert.Equal(
            ["of the last month", "the board's last one"],
            await context.ScrapePages.OrderBy(page => page.Text).Select(page => page.Text).ToListAsync(CancellationToken));
        Assert.Equal(4, (await harness.RunsAsync()).Count);
    }

    [Fact]
    public async Task Ended_sessions_and_keys_go_after_a_month_and_expired_invitations_at_once()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();
        var (user, organization, now) = (LifecycleRows.NewUser(), new Organization { Name = "한빛" }, IngestionHarness.Now);
        var (kept, forgotten) = (now.AddDays(-30), now.AddDays(-30).AddSeconds(-1));
        UserSession Session(string client, DateTimeOffset? endedAt, DateTimeOffset expiresAt) =>
            new() { UserId = user.Id, Client = client, CreatedAt = forgotten, LastUsedAt = forgotten, EndedAt = endedAt, ExpiresAt = expiresAt };
        ApiKey Key(string name, DateTimeOffset? revokedAt, DateTimeOffset expiresAt) =>
            new() { AdministratorId = user.Id, Name = name, SecretHash = [1], CreatedAt = forgotten, RevokedAt = revokedAt, ExpiresAt = expiresAt };
        context.AddRange(
            user, organization,
            Session("kept: goes on", endedAt: null, now.AddDays(1)), Session("kept: ended", kept, now.AddDays(1)), Session("kept: expired", endedAt: null, kept),
            Session("forgotten: ended", forgotten, now.AddDays(1)), Session("forgotten: expired", endedAt: null, forgotten),
            Key("kept", revokedAt: null, now.AddDays(1)), Key("kept: revoked", kept, now.AddDays(1)), Key("kept: expired", revokedAt: null, kept),
            Key("forgotten: revoked", forgotten, now.AddDays(1)), Key("forgotten: expired", revokedAt: null, forgotten),
            LifecycleRows.NewInvitation(organization.Id, user.Id, "kept@example.com", now),
            LifecycleRows.NewInvitation(organization.Id, user.Id, "forgotten@example.com", now.AddSeconds(-1)));
        await context.SaveChangesAsync(CancellationToken);

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        var left = (await context.UserSessions.Select(s => s.Client!).ToListAsync(CancellationToken))
            .Concat(await context.ApiKeys.Select(k => k.Name).ToListAsync(CancellationToken))
            .Concat(await context.Invitations.Select(i => i.Email).ToListAsync(CancellationToken)).ToList();
        Assert.Equal(7, left.Count);
        Assert.All(left, name => Assert.StartsWith("kept", name, StringComparison.Ordinal));
        Assert.Empty(await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Deleted_organization_goes_for_good_when_it_can_not_be_restored_any_more()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();
        var before = IngestionHarness.Now.AddDays(-30);
        context.AddRange(
            new Organization { Name = "active", UpdatedAt = before.AddDays(-300) },
            new Organization { Name = "kept", Status = OrganizationStatus.Deactivated, DeactivatedAt = before },
            new Organization { Name = "forgotten", Status = OrganizationStatus.Deactivated, DeactivatedAt = before.AddSeconds(-1) });
        await context.SaveChangesAsync(CancellationToken);

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        Assert.Equal(["active", "kept"], await context.Organizations.OrderBy(o => o.Name).Select(o => o.Name).ToListAsync(CancellationToken));
    }

    [Fact]
    public async Task Deletion_by_an_earlier_release_is_completed()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();
        var organization = new Organization
        {
            Name = "한빛",
            PrimaryContactName = "김민준",
            BusinessNumberHash = "hash",
            Status = OrganizationStatus.Deactivated,
            UpdatedAt = IngestionHarness.Now,
        };
        context.AddRange(organization, LifecycleRows.NewInvitation(organization.Id, invitedBy: null, "new@example.com", IngestionHarness.Now.AddDays(7)));
        await context.SaveChangesAsync(CancellationToken);

        await harness.Create<HousekeepingJob>(context).Execute(null!, CancellationToken);

        await using var after = harness.CreateContext();
        var left = await after.Organizations.SingleAsync(CancellationToken);
        Assert.Equal(("", null, null, IngestionHarness.Now), (left.Name, left.PrimaryContactName, left.BusinessNumberHash, left.DeactivatedAt));
        Assert.Empty(await after.Invitations.ToListAsync(CancellationToken));
    }

    private static async Task AddPageAsync(IngestionHarness harness, Agency agency, string text, DateTimeOffset keptAt)
    {
        var run = await harness.AddRunAsync(agency, ScrapeStatus.Suspicious);
        await using var context = harness.CreateContext();
        context.ScrapePages.Add(new() { RunId = run.Id, Reason = Suspicion.LayoutLost, Address = "/list", Text = text, KeptAt = keptAt });
        await context.SaveChangesAsync(CancellationToken);
    }

    private static IdempotencyKey NewKey(User user, string key, DateTimeOffset at) =>
        new() { UserId = user.Id, Key = key, Operation = "test", RequestHash = "", CreatedAt = at };

    private static CacheEviction NewEviction(string reason, DateTimeOffset at) => new() { At = at, Tags = ["programs"], Reason = reason };

    private static CacheMinute NewMinute(string layer, DateTimeOffset minute) => new() { Minute = minute, Layer = layer };

    private static Mail NewMail(string key, DateTimeOffset? completedAt) => new()
    {
        Key = key,
        Template = "invitation",
        Status = completedAt is null ? MailStatus.Pending : MailStatus.Sent,
        CompletedAt = completedAt,
    };

    private static AuditEntry NewEntry(string target, DateTimeOffset at) =>
        new() { UserId = Guid.CreateVersion7(), Method = "POST", Route = "/", Target = target, TraceId = "", At = at };
}
