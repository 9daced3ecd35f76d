using Connect.Data.Model;
using Connect.ScraperWorker.Mails;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using SmtpServer.Protocol;

namespace Connect.Tests.Functional.Mails;

/// <summary>Servers that are away, busy, silent, or refuse, and what becomes of a mail.</summary>
public sealed class MailServerFaultsTests(RunningApplication application)
{
    private static readonly SmtpResponse Busy = new((SmtpReplyCode)450, "4.2.0 kim@example.com is greylisted");
    private static readonly SmtpResponse Unknown = new((SmtpReplyCode)550, "5.1.1 <kim@example.com> is unknown");
    private static readonly SmtpResponse Spam = new((SmtpReplyCode)554, "5.7.1 looks like spam");

    [Fact]
    public async Task Mails_wait_untouched_while_the_server_is_away()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        server.Gate.Close();
        await harness.AddAsync(MailHarness.Message("a"), MailHarness.Message("b"));
        var worker = await harness.StartWorkerAsync(server);
        await TestInstance.EventuallyAsync(() => Task.FromResult(worker.FailuresByKind().GetValueOrDefault(MailFailure.Connection) >= 3));

        Assert.All(await harness.ReadAsync(), mail => Assert.Equal((MailStatus.Pending, 0), (mail.Status, mail.Attempts)));
        Assert.Equal(2, SendingWorker.Read(worker.Waiting));

        server.Gate.Open();
        await harness.AllAreAsync(MailStatus.Sent);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Mail_is_tried_again_when_the_server_asks_for_it()
    {
        var answers = new Queue<SmtpResponse?>([Busy, Busy, null]);
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start(new() { AtRecipient = recipient => recipient == "kim@example.com" ? answers.Dequeue() : null });
        await harness.AddAsync(MailHarness.Message("a"), MailHarness.Message("b", "lee@example.com"));
        var worker = await harness.StartWorkerAsync(server);

        await harness.AllAreAsync(MailStatus.Sent);

        Assert.Equal(["kim@example.com", "lee@example.com"], server.Taken.Select(mail => mail.Recipient).Order());
        Assert.Equal((3, null), ((await harness.FindAsync("a")).Attempts, (await harness.FindAsync("a")).LastError));
        Assert.Equal(1, (await harness.FindAsync("b")).Attempts);
        Assert.Equal(new Dictionary<string, long> { [MailFailure.Deferred] = 2 }, worker.FailuresByKind());
    }

    [Theory]
    [InlineData(true, "rejected 550")]
    [InlineData(false, "rejected 554")]
    public async Task Mail_is_given_up_when_the_server_refuses_it_for_good(bool atRecipient, string error)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start(new()
        {
            AtRecipient = recipient => atRecipient && recipient == "kim@example.com" ? Unknown : null,
            AtText = (mail, _) => Task.FromResult(!atRecipient && mail.Recipient == "kim@example.com" ? Spam : null),
        });
        await harness.AddAsync(MailHarness.Message("a"), MailHarness.Message("b", "lee@example.com"));
        var worker = await harness.StartWorkerAsync(server);
        await TestInstance.EventuallyAsync(async () => (await harness.ReadAsync()).All(mail => mail.Status != MailStatus.Pending));

        var mail = await harness.FindAsync("a");
        Assert.Equal((MailStatus.GivenUp, 1, error), (mail.Status, mail.Attempts, mail.LastError));
        Assert.Equal((null, null, null, null), (mail.Recipient, mail.Subject, mail.Text, mail.Html));
        Assert.Equal(MailStatus.Sent, (await harness.FindAsync("b")).Status);
        Assert.Equal(new Dictionary<string, long> { [MailFailure.Rejected] = 1 }, worker.FailuresByKind());
    }

    [Fact]
    public async Task Mail_is_sent_again_with_the_same_id_when_the_server_did_not_say_that_it_has_it()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        var drops = 2;
        MailServer server = null!;
        server = MailServer.Start(new()
        {
            AtText = (_, _) =>
            {
                // The server has it; the connection breaks before its answer.
                if (drops-- > 0)
                {
                    server.Gate.Close();
                    server.Gate.Open();
                }

                return Task.FromResult<SmtpResponse?>(null);
            },
        });
        await using (server)
        {
            await harness.AddAsync(MailHarness.Message("a"));
            var worker = await harness.StartWorkerAsync(server);

            await harness.AllAreAsync(MailStatus.Sent);

            Assert.Equal(3, server.Taken.Count);
            Assert.Single(server.Taken.Select(mail => $"{mail.Message.MessageId} {mail.Message.Date} {mail.Message.TextBody}").Distinct());
            Assert.Equal(new Dictionary<string, long> { [MailFailure.Unanswered] = 2 }, worker.FailuresByKind());
        }
    }

    [Fact]
    public async Task Mail_is_tried_again_when_the_server_is_silent_for_longer_than_the_timeout()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        var isFirst = true;
        await using var server = MailServer.Start(new()
        {
            AtText = async (_, token) =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                return null;
            },
        });
        await harness.AddAsync(MailHarness.Message("a"));
        var worker = await harness.StartWorkerAsync(server, new() { ["Mail:TimeoutSeconds"] = "1" });

        await harness.AllAreAsync(MailStatus.Sent);

        Assert.Equal(2, server.Received.Count);
        Assert.Equal(new Dictionary<string, long> { [MailFailure.Unanswered] = 1 }, worker.FailuresByKind());
    }

    [Fact]
    public async Task Mail_is_given_up_when_its_links_have_expired()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start(new() { AtRecipient = _ => Busy });
        await harness.AddAsync(
            MailHarness.Message("early") with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) },
            MailHarness.Message("late") with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(1) });
        var worker = await harness.StartWorkerAsync(server);

        await harness.AllAreAsync(MailStatus.GivenUp);

        Assert.Equal(("expired", 0), ((await harness.FindAsync("early")).LastError, (await harness.FindAsync("early")).Attempts));
        Assert.Equal("deferred 450", (await harness.FindAsync("late")).LastError);
        Assert.All(await harness.ReadAsync(), mail => Assert.Equal((null, null, null, null), (mail.Recipient, mail.Subject, mail.Text, mail.Html)));
        Assert.Equal(2, worker.FailuresByKind()[MailFailure.Expired]);
    }
}
