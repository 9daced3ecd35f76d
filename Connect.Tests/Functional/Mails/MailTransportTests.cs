using Connect.Data.Mails;
using Connect.Data.Model;
using Connect.ScraperWorker.Mails;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Connect.Tests.Unit.Sources.Http;

namespace Connect.Tests.Functional.Mails;

/// <summary>What goes over the wire: TLS, the password, and addresses.</summary>
public sealed class MailTransportTests(RunningApplication application)
{
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

        // No authority has signed the certificate.
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

    [Theory]
    [InlineData("한글@예시.한국", true, "한글@")]
    [InlineData("한글@예시.한국", false, null)]
    [InlineData("kim@예시.한국", false, "kim@xn--vv4b11d.xn--3e0b707e")]
    [InlineData("kim@예시.한국", true, "kim@xn--vv4b11d.xn--3e0b707e")]
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
}
