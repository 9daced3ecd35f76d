using System.Net;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connect.Tests.Browser;

/// <summary>The page of an invitation's link in a real browser.</summary>
public sealed class InvitationPageTests(Chromium chromium, TwoInstances instances) : IClassFixture<TwoInstances>
{
    private readonly AttackedSite _site = instances.Site;

    [Theory]
    [InlineData("ko-KR", "초대 수락", "권한: 편집자")]
    [InlineData("en-US", "Accept your invitation", "as an editor")]
    public async Task New_person_signs_up_and_joins(string locale, string title, string told)
    {
        var team = await Team.CreateAsync(_site);
        var email = $"o'brien+{Guid.NewGuid():N}@example.com";
        var token = await team.InvitedAsync(email);
        await using var visit = await OpenAsync(locale, token);
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(title, new() { UseInnerText = true });
        Assert.DoesNotContain(token, visit.Page.Url, StringComparison.Ordinal);
        Assert.Equal((0, 0), ((await visit.FindBarriersAsync()).Count, await visit.OverflowAsync()));

        await visit.Page.CheckAsync("[name=account][value=new]");
        await visit.KeepAsync($"invitation-{locale}");
        await SubmitAsync(visit, email, AttackedSite.Password);

        await Expect(visit.Page.Locator("#done")).ToContainTextAsync(told);
        await visit.KeepAsync($"invitation-done-{locale}");
        Assert.Contains(OrganizationRole.Editor, await team.RolesAsync());
        Assert.Empty(visit.Complaints);

        // The page's session has ended with its work.
        await using var context = _site.CreateContext();
        var user = await context.Users.SingleAsync(u => u.Email == email, TestContext.Current.CancellationToken);
        Assert.False(await context.Set<UserSession>().AnyAsync(s => s.UserId == user.Id && s.EndedAt == null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Person_with_an_account_is_told_what_is_wrong_and_joins()
    {
        var team = await Team.CreateAsync(_site);
        var person = await Team.PersonAsync(_site);
        var other = await Team.PersonAsync(_site);
        await using var visit = await OpenAsync("en-US", await team.InvitedAsync(person.Email, "READER"), ColorScheme.Dark, width: 390);
        Assert.Equal((0, 0), ((await visit.FindBarriersAsync()).Count, await visit.OverflowAsync()));

        await SubmitAsync(visit, person.Email, "wrong password");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("password or the one-time code is wrong");
        await SubmitAsync(visit, other.Email, AttackedSite.Password);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("another e-mail address");
        await visit.KeepAsync("invitation-refused");
        await visit.Page.ClickAsync("#language");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("다른 이메일 주소로 온");
        await visit.Page.ClickAsync("#language");
        await SubmitAsync(visit, person.Email, AttackedSite.Password);

        await Expect(visit.Page.Locator("#done")).ToContainTextAsync("as a reader");
        Assert.Contains(OrganizationRole.Reader, await team.RolesAsync());
    }

    [Fact]
    public async Task Link_without_a_token_is_explained()
    {
        await using var visit = await OpenAsync("en-US", token: null);

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("open the link of the mail again");
        await Expect(visit.Page.Locator("form")).ToBeHiddenAsync();
        Assert.Empty(visit.Complaints);
    }

    private async Task<OperationsVisit> OpenAsync(string locale, string? token, ColorScheme colours = ColorScheme.Light, int width = 1000)
    {
        var address = _site.Clients[0].Address;
        var visit = await OperationsVisit.OpenAsync(chromium, address, locale, colours, width);
        var answer = await visit.Page.GotoAsync(new Uri(address, $"/invitations/accept{(token is null ? "" : $"#token={token}")}").ToString());
        Assert.Equal((int)HttpStatusCode.OK, answer!.Status);
        Assert.Contains("script-src 'self'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        return visit;
    }

    private static async Task SubmitAsync(OperationsVisit visit, string email, string password)
    {
        await visit.Page.FillAsync("#email", email);
        await visit.Page.FillAsync("#password", password);
        await visit.Page.ClickAsync("button.main");
    }
}
