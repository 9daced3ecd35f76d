using Connect.Data.Model;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Mails;

public sealed class MailOutboxTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_mail_of_a_key_is_not_written()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var context = harness.Database.CreateContext();

        Assert.True(await MailHarness.Outbox().AddAsync(context, MailHarness.Message("a", "first@example.com"), CancellationToken));
        Assert.False(await MailHarness.Outbox().AddAsync(context, MailHarness.Message("a", "second@example.com"), CancellationToken));

        var mail = Assert.Single(await harness.ReadAsync());
        Assert.Equal(("first@example.com", "address-confirmation", MailStatus.Pending, 0), (mail.Recipient, mail.Template, mail.Status, mail.Attempts));
    }

    [Fact]
    public async Task Mail_commits_with_its_change_or_not_at_all()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var context = harness.Database.CreateContext();
        await using (await context.Database.BeginTransactionAsync(CancellationToken))
        {
            Assert.True(await MailHarness.Outbox().AddAsync(context, MailHarness.Message("a"), CancellationToken));
            Assert.Empty(await harness.ReadAsync());
        }

        Assert.Empty(await harness.ReadAsync());
        await using (var transaction = await context.Database.BeginTransactionAsync(CancellationToken))
        {
            Assert.True(await MailHarness.Outbox().AddAsync(context, MailHarness.Message("a"), CancellationToken));
            await transaction.CommitAsync(CancellationToken);
        }

        Assert.Single(await harness.ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_transactions_with_one_key_the_second_waits_for_the_first(bool commits)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var first = harness.Database.CreateContext();
        await using var second = harness.Database.CreateContext();
        await using var transaction = await first.Database.BeginTransactionAsync(CancellationToken);
        Assert.True(await MailHarness.Outbox().AddAsync(first, MailHarness.Message("a", "first@example.com"), CancellationToken));
        var waiting = MailHarness.Outbox().AddAsync(second, MailHarness.Message("a", "second@example.com"), CancellationToken);
        await using (var watch = harness.Database.CreateContext())
        {
            await Caching.TestInstance.EventuallyAsync(async () => await watch.Database.SqlQuery<bool>(
                $"select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as \"Value\"").SingleAsync(CancellationToken));
        }

        await (commits ? transaction.CommitAsync(CancellationToken) : transaction.RollbackAsync(CancellationToken));

        Assert.Equal(!commits, await waiting);
        Assert.Equal(commits ? "first@example.com" : "second@example.com", Assert.Single(await harness.ReadAsync()).Recipient);
    }

    [Fact]
    public async Task Nothing_is_written_without_a_mail_server()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var context = harness.Database.CreateContext();

        Assert.False(await MailHarness.Outbox(host: " ").AddAsync(context, MailHarness.Message("a"), CancellationToken));

        Assert.Empty(await harness.ReadAsync());
    }

    [Theory]
    [InlineData("kim@example.com\r\nBcc: all@example.com")]
    [InlineData("kim@example.com\nRCPT TO:<all@example.com>")]
    [InlineData("kim@example.com, all@example.com")]
    [InlineData("\"Kim\" <kim@example.com>")]
    [InlineData("")]
    public async Task Recipient_that_is_not_one_address_is_refused_and_not_repeated(string recipient)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var context = harness.Database.CreateContext();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => MailHarness.Outbox().AddAsync(context, MailHarness.Message("a", recipient), CancellationToken));

        Assert.DoesNotContain("example.com", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await harness.ReadAsync());
    }

    [Fact]
    public async Task Mails_of_a_person_and_of_an_organization_go_with_them()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        var user = new User { Id = Guid.CreateVersion7(), UserName = "kim", SecurityStamp = "" };
        await using var context = harness.Database.CreateContext();
        context.Users.Add(user);
        await context.SaveChangesAsync(CancellationToken);
        await harness.AddAsync(MailHarness.Message("theirs") with { UserId = user.Id }, MailHarness.Message("others"));

        context.Users.Remove(user);
        await context.SaveChangesAsync(CancellationToken);

        Assert.Equal(["others"], (await harness.ReadAsync()).Select(mail => mail.Key));
    }
}
