using System.Net;
using System.Text.Json.Nodes;
using Connect.Api.Identity.Mails;
using static Connect.Tests.Distributed.Security.AccountMails;

namespace Connect.Tests.Distributed.Security;

/// <summary>Routes that send mail answer the same whether or not an address has an account, and send each address and each account a limited number.</summary>
public sealed class IdentityMailAbuseTests(SharedSite shared) : IClassFixture<SharedSite>
{
    // Each test has a domain, and so addresses, of its own.
    private readonly string _domain = $"{Guid.NewGuid():N}.example.com";

    private AttackedSite Site => shared.Site;

    private string Kim => $"kim@{_domain}";

    private string Lee => $"lee@{_domain}";

    private string Nobody => $"nobody@{_domain}";

    [Theory]
    [InlineData("/auth/forgotPassword", true)]
    [InlineData("/auth/resendConfirmationEmail", false)]
    public async Task Answer_tells_neither_by_content_nor_by_time_whether_an_address_has_an_account(string path, bool isConfirmed)
    {
        const int Rounds = 8;
        await RegisterAsync(Site, Kim, isConfirmed);
        List<double> known = [], unknown = [];
        HashSet<string> answers = [];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (address, times) in ((string, List<double>)[])[(Kim, known), (Nobody, unknown)])
            {
                var answer = await Site.Clients[0].PostAsync(path, Address(address));
                times.Add(answer.Took.TotalMilliseconds);
                answers.Add($"{(int)answer.Status} {answer.MediaType} {answer.Body}");
            }
        }

        Assert.Equal("200  ", Assert.Single(answers));

        // Every answer takes its time, so that the medians differ by noise alone.
        Assert.All(known.Concat(unknown), time => Assert.True(time >= 240, $"{time} ms"));
        Assert.InRange(Math.Abs(Median(known) - Median(unknown)), 0, 40);
        Assert.NotEmpty(await MailsAsync(Site, _domain));

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    [Fact]
    public async Task Address_gets_three_mails_of_a_kind_in_an_hour_and_the_answers_do_not_tell()
    {
        await RegisterAsync(Site, Kim, isConfirmed: true);

        // One after the other, and at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Site.Clients[0].PostAsync("/auth/forgotPassword", Address(Kim.ToUpperInvariant()))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var resets = (await MailsAsync(Site, _domain)).Where(mail => mail.Template == "password-reset").ToList();

        // The hour may have changed meanwhile.
        Assert.InRange(resets.Count, IdentityMails.PerAddress, 2 * IdentityMails.PerAddress);
        Assert.All(resets.GroupBy(mail => mail.Key.Split(':')[2]), hour => Assert.InRange(hour.Count(), 1, IdentityMails.PerAddress));
    }

    [Fact]
    public async Task Account_causes_ten_mails_in_an_hour_whatever_addresses_it_names()
    {
        var user = await AttackedSite.SignUpAsync(Site.Clients[0], Kim, AttackedSite.Password);
        for (var number = 0; number < 12; number++)
        {
            var asked = await Site.Clients[0].PostAsync("/auth/manage/info", new JsonObject { ["newEmail"] = $"victim{number}@{_domain}" }, user.Token);
            Assert.Equal(HttpStatusCode.OK, asked.Status);
        }

        Assert.Equal(IdentityMails.PerAccount, (await MailsAsync(Site, _domain)).Count);
    }

    [Fact]
    public async Task Confirmed_and_unknown_addresses_get_no_mail()
    {
        await RegisterAsync(Site, Kim, isConfirmed: true);
        await RegisterAsync(Site, Lee, isConfirmed: false);
        var before = (await MailsAsync(Site, _domain)).Count;

        await Site.Clients[0].PostAsync("/auth/resendConfirmationEmail", Address(Kim));
        await Site.Clients[0].PostAsync("/auth/forgotPassword", Address(Lee));
        await Site.Clients[0].PostAsync("/auth/forgotPassword", Address(Nobody));

        Assert.Equal(before, (await MailsAsync(Site, _domain)).Count);
    }
}
