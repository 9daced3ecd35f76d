using System.Buffers.Text;
using System.Net;
using Connect.Tests.Distributed.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Browser;

/// <summary>Answers of authenticators that Chromium simulates: altered, replayed, and to others' challenges.</summary>
public sealed class PasskeyReplayTests(Chromium chromium, SharedApi shared) : IClassFixture<SharedApi>
{
    private const int Accepted = (int)HttpStatusCode.NoContent;
    private const int Refused = (int)HttpStatusCode.Unauthorized;

    [Fact]
    public async Task Altered_answers_are_refused()
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var other = Base64Url.EncodeToString(Guid.CreateVersion7().ToByteArray());
        (string Part, Func<string, string> Change)[] changes =
        [
            ("signature", Flip), ("authenticatorData", Flip), ("clientDataJSON", Flip), ("userHandle", _ => other), ("userHandle", _ => "AAAA"),
            ("signature", _ => ""), ("authenticatorData", _ => "AA"), ("clientDataJSON", _ => "bnVsbA"),
        ];

        foreach (var (part, change) in changes)
        {
            var answer = await visit.AnswerAsync(await visit.AskAsync());
            answer["response"]![part] = change(answer["response"]![part]!.GetValue<string>());
            Assert.Equal((part, Refused), (part, await visit.SendAsync(answer)));
        }

        Assert.False(await visit.IsSignedInAsync());
        await visit.LeaveAsync();
        Assert.Equal(Accepted, await visit.SendAsync(await visit.AnswerAsync(await visit.AskAsync())));
        Assert.True(await visit.IsSignedInAsync());
    }

    [Fact]
    public async Task Challenge_of_a_sign_in_is_answered_once()
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();

        // The authenticator's counter tells these answers apart, so that it is not what refuses the later ones.
        var options = await visit.AskAsync();
        var answers = new[] { await visit.AnswerAsync(options), await visit.AnswerAsync(options), await visit.AnswerAsync(options) };
        var cookie = await visit.CopyChallengeAsync();
        var first = await visit.SendAsync(answers[0]);
        await visit.PasteAsync(cookie);
        var replayed = await visit.SendAsync(answers[0]);
        await visit.PasteAsync(cookie);
        var second = await visit.SendAsync(answers[1]);
        await visit.LeaveAsync();
        var withoutChallenge = await visit.SendAsync(answers[2]);
        await visit.AskAsync();
        var toAnotherChallenge = await visit.SendAsync(answers[2]);

        Assert.Equal((Accepted, Refused, Refused, Refused, Refused), (first, replayed, second, withoutChallenge, toAnotherChallenge));
    }

    [Fact]
    public async Task Of_answers_to_one_challenge_at_the_same_time_one_is_accepted()
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var options = await visit.AskAsync();
        var answer = await visit.AnswerAsync(options);

        var statuses = await visit.SendAsync([answer, answer, answer, answer]);

        Assert.Equal([Accepted, Refused, Refused, Refused], statuses.Order());
    }

    [Fact]
    public async Task Challenge_of_a_new_passkey_is_answered_once_and_by_its_user()
    {
        var administrator = await shared.AddAdministratorAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        var options = await visit.AskAsync("create");
        var answers = new[] { await visit.AnswerAsync(options, "create"), await visit.AnswerAsync(options, "create") };
        var cookie = await visit.CopyChallengeAsync();
        var first = await visit.SendAsync(answers[0], "create");
        await visit.PasteAsync(cookie);
        var second = await visit.SendAsync(answers[1], "create");

        Assert.Equal((Accepted, (int)HttpStatusCode.BadRequest), (first, second));
        await using var context = shared.Instances.CreateContext();
        var passkey = Assert.Single(await context.Set<IdentityUserPasskey<Guid>>().Where(one => one.UserId == administrator.Id).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("key", true), (passkey.Data.Name, passkey.Data.IsUserVerified));
    }

    [Fact]
    public async Task Challenge_of_anothers_new_passkey_is_refused_and_stays_its_users()
    {
        var (thief, owner) = (await shared.AddAdministratorAsync(), await shared.AddAdministratorAsync());
        await using var foreign = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, thief.Email!);
        await using var own = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, owner.Email!);
        var answer = await own.AnswerAsync(await own.AskAsync("create"), "create");

        await foreign.PasteAsync(await own.CopyChallengeAsync());
        var statuses = (await foreign.SendAsync(answer, "create"), await own.SendAsync(answer, "create"));

        Assert.Equal(((int)HttpStatusCode.BadRequest, Accepted), statuses);
        await using var context = shared.Instances.CreateContext();
        var passkeys = await context.Set<IdentityUserPasskey<Guid>>()
            .Where(one => one.UserId == thief.Id || one.UserId == owner.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(owner.Id, Assert.Single(passkeys).UserId);
    }

    [Fact]
    public async Task Answer_that_another_origin_has_got_is_refused()
    {
        var administrator = await shared.AddAdministratorAsync();
        var other = await shared.Instances.HostAsync();
        await using var visit = await PasskeyVisit.EnterAsync(chromium, shared.Api.Address, administrator.Email!);
        await visit.AddAsync("key");
        await visit.LeaveAsync();
        var options = await visit.AskAsync();

        // The same host at another port: the browser lets its pages use the passkey, and sends the cookie to both.
        await visit.Page.GotoAsync(new Uri(PasskeyVisit.ByName(other.Address), "/ops/sign-in").ToString());
        var answer = await visit.AnswerAsync(options);
        await visit.GoAsync("/ops/sign-in");
        var cookie = await visit.CopyChallengeAsync();
        var foreign = await visit.SendAsync(answer);
        await visit.PasteAsync(cookie);
        var own = await visit.SendAsync(await visit.AnswerAsync(options));

        Assert.Equal((Refused, Accepted), (foreign, own));
    }

    // Another bit in the middle.
    private static string Flip(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        bytes[bytes.Length / 2] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
