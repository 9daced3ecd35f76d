using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using static Connect.Tests.Distributed.Security.AccountMails;

namespace Connect.Tests.Distributed.Security;

/// <summary>Addresses as people have them are names of accounts; what is none is refused in words that speak of the address.</summary>
public sealed class AccountAddressTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private AttackedSite Site => shared.Site;

    [Theory]
    [InlineData("o'neil@example.com")]
    [InlineData("kim!lee+tag@example.co.kr")]
    [InlineData("한글@예시.한국")]
    [InlineData("홍길동.부장@example.com")]
    public async Task People_sign_in_with_the_addresses_that_they_have(string address)
    {
        var (composed, decomposed) = (address.Normalize(NormalizationForm.FormC), address.Normalize(NormalizationForm.FormD));

        await using var context = Site.CreateContext();
        var (users, mails) = (await context.Users.CountAsync(CancellationToken), (await MailsAsync(Site)).Count);

        using var registered = await PostAsync(Site, "/auth/register", Credentials(decomposed));
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync(CancellationToken));
        using var signedIn = await PostAsync(Site, "/auth/login", Credentials(composed));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        Assert.Equal(composed, Assert.Single((await MailsAsync(Site)).Skip(mails)).Recipient);
        foreach (var same in (string[])[composed, decomposed, composed.ToUpperInvariant(), InAscii(composed)])
        {
            using var again = await PostAsync(Site, "/auth/register", Credentials(same));
            var problem = JsonNode.Parse(await again.Content.ReadAsStringAsync(CancellationToken))!;
            Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
            Assert.Equal("""{"email":["The address is taken."]}""", problem["errors"]!.ToJsonString());
        }

        Assert.Equal(users + 1, await context.Users.CountAsync(CancellationToken));

        static string InAscii(string address) =>
            $"{address.Split('@')[0]}@{new IdnMapping().GetAscii(address.Split('@')[1])}";
    }

    [Theory]
    [InlineData("kim lee@example.com")]
    [InlineData("kim@example")]
    [InlineData("kim@exam_ple.com")]
    [InlineData("kim..lee@example.com")]
    [InlineData("kim\u200b@example.com")]
    [InlineData("kim\u0007@example.com")]
    public async Task Registration_is_refused_with_one_error_that_speaks_of_the_address(string address)
    {
        using var refused = await PostAsync(Site, "/auth/register", Credentials(address));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(CancellationToken))!;
        Assert.Equal("""{"email":["The value is not a mail address."]}""", problem["errors"]!.ToJsonString());
    }
}
