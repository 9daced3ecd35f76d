using System.Collections.Concurrent;
using System.Diagnostics;
using Connect.Data.Mails.Templates;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Connect.ScraperWorker.Mails;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using SmtpServer.Protocol;

namespace Connect.Tests.Functional.Mails;

/// <summary>Each mail is sent once, by one of several workers, at the rate that is set.</summary>
public sealed class MailSenderTests(RunningApplication application)
{
    private static readonly SmtpResponse Busy = new((SmtpReplyCode)450, "4.2.0 kim@example.com is greylisted");
    private static readonly SmtpResponse Unknown = new((SmtpReplyCode)550, "5.1.1 <kim@example.com> is unknown");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ExplanationLanguage.Ko, "[Connect] 이메일 주소를 확인해 주십시오", "안녕하십니까.")]
    [InlineData(ExplanationLanguage.En, "[Connect] Confirm your e-mail address", "Hello,")]
    public async Task Mail_is_sent_once_and_its_address_and_text_are_removed(ExplanationLanguage language, string subject, string greeting)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync(MailHarness.Message("a", "kim@example.com", language));
        var written = await harness.FindAsync("a");
        var worker = await harness.StartWorkerAsync(server);

        await harness.AllAreAsync(MailStatus.Sent);

        var (recipient, message) = Assert.Single(server.Taken);
        Assert.Equal("kim@example.com", recipient);
        Assert.Equal(subject, message.Subject);
        Assert.Equal("\"Connect\" <connect@example.kr>", message.From.ToString());
        Assert.Equal("kim@example.com", message.To.ToString());
        Assert.Equal($"{written.Id:N}@example.kr", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.StartsWith(greeting, message.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://connect.example.kr/a", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://connect.example.kr/a\">", message.HtmlBody, StringComparison.Ordinal);
        var sent = await harness.FindAsync("a");
        Assert.Equal((null, null, null, null), (sent.Recipient, sent.Subject, sent.Text, sent.Html));
        Assert.NotNull(sent.CompletedAt);
        Assert.Equal(1, SendingWorker.Read(worker.Sent));
    }

    [Fact]
    public async Task Two_workers_send_each_mail_once()
    {
        const int Mails = 120;
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync([.. Enumerable.Range(0, Mails).Select(number => MailHarness.Message($"{number}", $"{number}@example.com"))]);

        var workers = (await harness.StartWorkerAsync(server), await harness.StartWorkerAsync(server));
        await harness.AllAreAsync(MailStatus.Sent);

        Assert.Equal(Mails, server.Received.Count);
        Assert.Equal(Mails, server.Taken.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(Mails, SendingWorker.Read(workers.Item1.Sent) + SendingWorker.Read(workers.Item2.Sent));

        // Connections are kept for many mails.
        Assert.InRange(server.Sessions, 2, Mails / 4);
    }

    [Fact]
    public async Task Mail_of_a_worker_that_died_is_sent_once_its_lease_has_ended()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync(MailHarness.Message("a"));
        var dead = harness.CreateWorker(server);
        var claimed = await dead.Store.ClaimAsync(TimeSpan.FromSeconds(2), CancellationToken);
        Assert.Equal(1, claimed!.Attempts);
        Assert.Null(await dead.Store.ClaimAsync(TimeSpan.FromSeconds(2), CancellationToken));

        await harness.StartWorkerAsync(server);
        await harness.AllAreAsync(MailStatus.Sent);

        var sent = await harness.FindAsync("a");
        Assert.Equal(2, sent.Attempts);
        Assert.True(sent.CompletedAt >= claimed.NextAttemptAt, "It was sent while the lease was good.");
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Worker_whose_lease_has_ended_does_not_put_back_what_another_one_has()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync(MailHarness.Message("a"));
        var store = harness.CreateWorker(server).Store;
        var slow = await store.ClaimAsync(TimeSpan.Zero, CancellationToken);
        var quick = await store.ClaimAsync(TimeSpan.FromMinutes(1), CancellationToken);
        Assert.Equal(slow!.Id, quick!.Id);

        await store.RetryAsync(slow, new(MailFailure.Unanswered), TimeSpan.Zero, CancellationToken);
        await store.GiveUpAsync(slow, new(MailFailure.Rejected, 550), CancellationToken);

        var mail = await harness.FindAsync("a");
        Assert.Equal((MailStatus.Pending, null, quick.NextAttemptAt), (mail.Status, mail.LastError, mail.NextAttemptAt));

        // A server has it: this counts, whoever says it.
        await store.SentAsync(slow, CancellationToken);
        Assert.Equal(MailStatus.Sent, (await harness.FindAsync("a")).Status);
    }

    [Fact]
    public async Task Neither_address_nor_text_is_logged_or_traced()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.Source.Name} {span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var harness = await MailHarness.CreateAsync(application);
        var answers = new Queue<SmtpResponse?>([Busy, Unknown]);
        await using var server = MailServer.Start(new()
        {
            AtRecipient = recipient => recipient == "kim-of-spans@example.com" ? answers.Dequeue() : null,
        });
        await harness.AddAsync(MailHarness.Message("a", "kim-of-spans@example.com"), MailHarness.Message("b", "lee-of-spans@example.com", content: new PasswordResetCodeMail("the-code")));
        var worker = await harness.StartWorkerAsync(server);
        await TestInstance.EventuallyAsync(async () => (await harness.ReadAsync()).All(mail => mail.Status != MailStatus.Pending));

        var log = string.Join('\n', worker.Logged.Select(record => $"{record.Message} {record.Exception}"));
        Assert.Contains((await harness.FindAsync("a")).Id.ToString(), log, StringComparison.Ordinal);
        Assert.Contains("(password-reset) is sent", log, StringComparison.Ordinal);
        Assert.Contains("deferred 450", log, StringComparison.Ordinal);
        Assert.Contains(spans, span => span.StartsWith("Connect mail send", StringComparison.Ordinal) && span.Contains("password-reset", StringComparison.Ordinal));
        Assert.All(["kim-of-spans@", "lee-of-spans@", "the-code", "greylisted"], text =>
        {
            Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(spans, span => span.Contains(text, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Rate_is_kept()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync([.. Enumerable.Range(0, 4).Select(number => MailHarness.Message($"{number}"))]);

        await harness.StartWorkerAsync(server, new() { ["Mail:MaxPerMinute"] = "200" });
        await harness.AllAreAsync(MailStatus.Sent);

        // One in 300 ms, from the session on: the fourth is not begun before 900 ms. When the first one is done does not count, because it may
        // take long. Waiting goes by whole milliseconds.
        var last = (await harness.ReadAsync()).Max(mail => mail.CompletedAt!.Value);
        Assert.True(last - server.FirstSessionAt >= TimeSpan.FromMilliseconds(890), $"{last - server.FirstSessionAt}");
    }
}
