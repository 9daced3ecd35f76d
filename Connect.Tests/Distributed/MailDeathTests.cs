using Connect.Data.Model;
using Connect.ScraperWorker;
using Connect.Tests.Functional.Mails;
using SmtpServer.Protocol;

namespace Connect.Tests.Distributed;

/// <summary>Processes of the worker that are killed (<c>kill -9</c>) while they send.</summary>
public sealed class MailDeathTests(RunningApplication application, ITestOutputHelper output)
{
    [Fact]
    public Task No_mail_is_lost_when_the_worker_is_killed_while_it_sends() => KillAsync(mails: 10, kills: 1);

    [Fact(Explicit = true)]
    public Task No_mail_is_lost_over_many_kills() => KillAsync(mails: 400, kills: 25);

    private async Task KillAsync(int mails, int kills)
    {
        await using var harness = await MailHarness.CreateAsync(application);
        var redis = await application.GetRedisAsync();

        // A kill comes when the server has a text and has not answered, or has answered and the worker has hardly read it.
        using var reached = new SemaphoreSlim(0);
        var random = new Random(4_711);
        await using var server = MailServer.Start(new()
        {
            AtText = async (_, _) =>
            {
                reached.Release();
                if (random.Next(2) == 0)
                {
                    await Task.Yield();
                    return null;
                }

                return random.Next(4) == 0 ? new SmtpResponse((SmtpReplyCode)451, "come again") : null;
            },
        });
        await harness.AddAsync([.. Enumerable.Range(0, mails).Select(number => MailHarness.Message($"{number}", $"{number}@example.com"))]);
        (string, string)[] settings =
        [
            ("ConnectionStrings__connectdb", harness.Database.ConnectionString),
            ("ConnectionStrings__cache", redis),
            ("Schedule__ScrapeWhenEmpty", "false"),
            ("Warming__Enabled", "false"),
            .. MailHarness.Settings(server.Port).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
            ("Mail__TimeoutSeconds", "4"),
        ];
        for (var kill = 0; kill < kills; kill++)
        {
            await using var worker = await ServiceProcess.StartAsync(typeof(ScraperWorkerMarker), settings);
            for (var text = random.Next(1, Math.Max(2, mails / kills)); text > 0; text--)
            {
                Assert.True(await reached.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            }

            await worker.KillAsync();
        }

        await using var last = await ServiceProcess.StartAsync(typeof(ScraperWorkerMarker), settings);
        await harness.AllAreAsync(MailStatus.Sent);

        // Each at least once; one more at most for each kill, with the same id.
        var copies = server.Taken.GroupBy(mail => mail.Recipient).ToDictionary(group => group.Key, group => group.ToList());
        Assert.Equal(mails, copies.Count);
        Assert.All(copies.Values, same => Assert.Single(same.Select(mail => mail.Message.MessageId).Distinct()));
        var repeated = server.Taken.Count - mails;
        output.WriteLine($"{mails} mails, {kills} kills: {server.Received.Count} texts, {server.Taken.Count} taken, {repeated} of them repeated.");
        Assert.InRange(repeated, 0, kills);
    }
}
