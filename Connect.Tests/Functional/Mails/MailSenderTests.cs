using System.Collections.Concurrent;
using System.Diagnostics;
using Connect.Data.Mails;
using Connect.Data.Mails.Templates;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Connect.ScraperWorker.Mails;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.EntityFrameworkCore;
using SmtpServer.Protocol;

namespace Connect.Tests.Functional.Mails;

/// <summary>Sending, to a server that does what servers do.</summary>
public sealed class MailSenderTests(RunningApplication application)
{
    private static readonly SmtpResponse Busy = new((SmtpReplyCode)450, "4.2.0 kim@example.com is greylisted");
    private static readonly SmtpResponse Unknown = new((SmtpReplyCode)550, "5.1.1 <kim@example.com> is unknown");
    private static readonly SmtpResponse Spam = new((SmtpReplyCode)554, "5.7.1 looks like spam");

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

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Mail_goes_over_tls_with_name_and_password(MailSecurity security)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        using var certificate = Certificates.Create("127.0.0.1");
        await using var server = MailServer.Start(new()
        {
            Certificate = certificate,
            IsTlsFromStart = security == MailSecurity.Tls,
            Account = ("connect", "right"),
        });
        await harness.AddAsync(MailHarness.Message("a"));
        Dictionary<string, string?> settings = new() { ["Mail:Security"] = $"{security}", ["Mail:User"] = "connect" };

        // Nobody vouches for the certificate.
        var distrustful = await harness.StartWorkerAsync(server, new(settings) { ["Mail:Password"] = "right" });
        await TestInstance.EventuallyAsync(() => Task.FromResult(distrustful.FailuresByKind().GetValueOrDefault(MailFailure.Tls) >= 2));
        await distrustful.DisposeAsync();

        var wrong = await harness.StartWorkerAsync(server, new(settings) { ["Mail:Password"] = "wrong" }, Trust);
        await TestInstance.EventuallyAsync(() => Task.FromResult(wrong.FailuresByKind().GetValueOrDefault(MailFailure.Authentication) >= 2));
        await wrong.DisposeAsync();
        Assert.Empty(server.Received);
        Assert.Equal((MailStatus.Pending, 0), ((await harness.FindAsync("a")).Status, (await harness.FindAsync("a")).Attempts));

        await harness.StartWorkerAsync(server, new(settings) { ["Mail:Password"] = "right" }, Trust);
        await harness.AllAreAsync(MailStatus.Sent);
        Assert.Single(server.Received);

        void Trust(MailSendingOptions options) =>
            options.CertificateValidation = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_when_tls_is_asked_for_and_the_server_has_none()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start();
        await harness.AddAsync(MailHarness.Message("a"));

        var worker = await harness.StartWorkerAsync(server, new() { ["Mail:Security"] = "StartTls" });
        await TestInstance.EventuallyAsync(() => Task.FromResult(worker.FailuresByKind().GetValueOrDefault(MailFailure.Tls) >= 2));

        Assert.Empty(server.Received);
        Assert.Equal(MailStatus.Pending, (await harness.FindAsync("a")).Status);
    }

    [Fact]
    public async Task Mail_waits_when_the_server_asks_for_a_password_that_is_not_configured()
    {
        await using var harness = await MailHarness.CreateAsync(application);
        using var certificate = Certificates.Create("127.0.0.1");
        await using var server = MailServer.Start(new() { Certificate = certificate, Account = ("connect", "right") });
        await harness.AddAsync(MailHarness.Message("a"));

        var worker = await harness.StartWorkerAsync(server);
        await harness.EventuallyAsync("a", mail => mail.Attempts >= 2);

        Assert.Equal(MailStatus.Pending, (await harness.FindAsync("a")).Status);
        Assert.Equal([MailFailure.Authentication], worker.FailuresByKind().Keys);
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

    [Theory]
    [InlineData("한글@예시.한국", true, "한글@")]
    [InlineData("한글@예시.한국", false, null)]
    [InlineData("kim@예시.한국", false, "kim@xn--vv4b11d.xn--3e0b707e")]
    [InlineData("o'neil+a!b@example.com", false, "o'neil+a!b@example.com")]
    public async Task Address_is_written_as_the_server_can_take_it(string address, bool isInternational, string? received)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        await using var server = MailServer.Start(new() { TakesInternationalAddresses = isInternational });
        await harness.AddAsync(MailHarness.Message("a", address));
        await harness.StartWorkerAsync(server);
        await harness.EventuallyAsync("a", mail => mail.Status != MailStatus.Pending);

        // The server of tests does not read letters beyond ASCII in domains; the headers have them.
        Assert.Equal(received is not null, server.Taken.Count == 1);
        Assert.All(server.Taken, mail => Assert.StartsWith(received!, mail.Recipient, StringComparison.Ordinal));
        Assert.All(server.Taken, mail => Assert.Equal(address, mail.Message.To.Mailboxes.Single().Address));
        Assert.Equal(received is null ? (MailStatus.GivenUp, "address") : (MailStatus.Sent, null), ((await harness.FindAsync("a")).Status, (await harness.FindAsync("a")).LastError));
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

        // One in 300 ms: the fourth not before 900 ms.
        await harness.StartWorkerAsync(server, new() { ["Mail:MaxPerMinute"] = "200" });
        await harness.AllAreAsync(MailStatus.Sent);

        var sent = (await harness.ReadAsync()).Select(mail => mail.CompletedAt!.Value).Order().ToList();
        Assert.True(sent[^1] - sent[0] >= TimeSpan.FromMilliseconds(800), $"{sent[^1] - sent[0]}");
    }
}
