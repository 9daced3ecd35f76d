using System.Net;
using System.Text.Json.Nodes;
using Connect.Api.Identity.Mails;
using static Connect.Tests.Distributed.Security.AccountMails;

namespace Connect.Tests.Distributed.Security;

/// <summary>Answers do not tell who has an account, and the mails that an address gets or an account causes are limited.</summary>
public sealed class IdentityMailAbuseTests(RunningApplication application)
{
    [Theory]
    [InlineData("/auth/forgotPassword", true)]
    [InlineData("/auth/resendConfirmationEmail", false)]
    public async Task Answer_tells_neither_by_content_nor_by_time_whether_an_address_has_an_account(string path, bool isConfirmed)
    {
        const int Rounds = 8;
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed);
        List<double> known = [], unknown = [];
        HashSet<string> answers = [];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (address, times) in ((string, List<double>)[])[("kim@example.com", known), ("nobody@example.com", unknown)])
            {
                var answer = await site.Clients[0].PostAsync(path, Address(address));
                times.Add(answer.Took.TotalMilliseconds);
                answers.Add($"{(int)answer.Status} {answer.MediaType} {answer.Body}");
            }
        }

        Assert.Equal("200  ", Assert.Single(answers));

        // Every answer takes its time, so that the medians differ by noise alone.
        Assert.All(known.Concat(unknown), time => Assert.True(time >= 240, $"{time} ms"));
        Assert.InRange(Math.Abs(Median(known) - Median(unknown)), 0, 40);
        Assert.NotEmpty(await MailsAsync(site));

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    [Fact]
    public async Task Address_gets_three_mails_of_a_kind_in_an_hour_and_the_answers_do_not_tell()
    {
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed: true);

        // One after the other, and at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.Clients[0].PostAsync("/auth/forgotPassword", Address("KIM@example.com"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var resets = (await MailsAsync(site)).Where(mail => mail.Template == "password-reset").ToList();

        // The hour may have changed meanwhile.
        Assert.InRange(resets.Count, IdentityMails.PerAddress, 2 * IdentityMails.PerAddress);
        Assert.All(resets.GroupBy(mail => mail.Key.Split(':')[2]), hour => Assert.InRange(hour.Count(), 1, IdentityMails.PerAddress));
    }

    [Fact]
    public async Task Account_causes_ten_mails_in_an_hour_whatever_addresses_it_names()
    {
        await using var site = await SiteAsync();
        var user = await AttackedSite.SignUpAsync(site.Clients[0], "kim@example.com", AttackedSite.Password);
        for (var number = 0; number < 12; number++)
        {
            var asked = await site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = $"victim{number}@example.com" }, user.Token);
            Assert.Equal(HttpStatusCode.OK, asked.Status);
        }

        Assert.Equal(IdentityMails.PerAccount, (await MailsAsync(site)).Count);
    }

    [Fact]
    public async Task Confirmed_and_unknown_addresses_get_no_mail()
    {
        await using var site = await SiteAsync();
        await RegisterAsync(site, "kim@example.com", isConfirmed: true);
        await RegisterAsync(site, "lee@example.com", isConfirmed: false);
        var before = (await MailsAsync(site)).Count;

        await site.Clients[0].PostAsync("/auth/resendConfirmationEmail", Address("kim@example.com"));
        await site.Clients[0].PostAsync("/auth/forgotPassword", Address("lee@example.com"));
        await site.Clients[0].PostAsync("/auth/forgotPassword", Address("nobody@example.com"));

        Assert.Equal(before, (await MailsAsync(site)).Count);
    }

    private Task<AttackedSite> SiteAsync() => AttackedSite.HostAsync(application, instances: 1);
}
