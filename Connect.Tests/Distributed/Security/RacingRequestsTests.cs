using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Distributed.Security;

/// <summary>The same request many times at once: one is carried out, the others are refused with a reason.</summary>
public sealed class RacingRequestsTests(RunningApplication application)
{
    private const int Racers = 8;
    private const int Races = 3;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_organization_is_created_when_many_are_asked_for_at_once()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        for (var race = 0; race < Races; race++)
        {
            var user = await site.SignUpAsync();
            AssertOneWins(await RaceAsync(site, _ => new AttackRequest("POST", "/api/organizations")
            {
                Token = user.Token,
            }.WithJson(AttackedSite.Organization("한빛", readinessLevel: 5))));
        }

        // Of many users, with one business number.
        var users = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => site.SignUpAsync()));
        var organization = AttackedSite.Organization("한빛", readinessLevel: 5);
        AssertOneWins(await RaceAsync(site, racer => new AttackRequest("POST", "/api/organizations")
        {
            Token = users[racer].Token,
        }.WithJson(organization)));
    }

    [Fact(Explicit = true)]
    public async Task One_account_is_made_when_an_address_is_registered_many_times_at_once()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        for (var race = 0; race < Races; race++)
        {
            var body = new JsonObject { ["email"] = $"{Guid.NewGuid():N}@example.com", ["password"] = "Passw0rd!-1" };
            var answers = await RaceAsync(site, _ => new AttackRequest("POST", "/auth/register").WithJson((JsonObject)body.DeepClone()));

            Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            {
                Assert.Null(answer.FindMalformation());
                Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
                Assert.NotNull(answer.Json["errors"]!["email"]);
            });
        }
    }

    [Fact(Explicit = true)]
    public async Task Second_factor_is_prepared_once_when_it_is_asked_for_many_times_at_once()
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        var user = await site.SignUpAsync();

        var answers = await RaceAsync(site, _ => new AttackRequest("POST", "/auth/manage/2fa") { Token = user.Token }.WithJson(new JsonObject()));

        Assert.All(answers, answer => Assert.Null(answer.FindMalformation()));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.OK)
            .Select(answer => answer.Json["sharedKey"]!.GetValue<string>()).Distinct());
    }

    [Theory]
    [InlineData("wrong password before")]
    [InlineData("hash of other strength")]
    public async Task All_sign_ins_succeed_when_a_user_signs_in_many_times_at_once(string userWith)
    {
        await using var site = await AttackedSite.HostAsync(application, instances: 2);
        var user = await site.SignUpAsync();
        for (var race = 0; race < Races; race++)
        {
            if (userWith == "wrong password before")
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await site.Clients[0].SendAsync(SignIn(user.Email, "Wrong-passw0rd"))).Status);
            }
            else
            {
                await HashAnewAsync(site, user);
            }

            var answers = await RaceAsync(site, _ => SignIn(user.Email, user.Password));

            Assert.All(answers, static answer => Assert.True(answer.Status == HttpStatusCode.OK, answer.Body));
            await using var context = site.CreateContext();
            Assert.Equal(0, (await context.Users.SingleAsync(one => one.Email == user.Email, CancellationToken)).AccessFailedCount);
        }
    }

    private static AttackRequest SignIn(string email, string password) =>
        new AttackRequest("POST", "/auth/login").WithJson(new JsonObject { ["email"] = email, ["password"] = password });

    // As an older release left it: the next sign-in replaces it.
    private static async Task HashAnewAsync(AttackedSite site, AttackUser user)
    {
        var hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
        await using var context = site.CreateContext();
        var hash = hasher.HashPassword(new User(), user.Password);
        await context.Users.Where(one => one.Email == user.Email)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.PasswordHash, hash), CancellationToken);
    }

    private static Task<AttackAnswer[]> RaceAsync(AttackedSite site, Func<int, AttackRequest> request) =>
        Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => site.Clients[racer % site.Clients.Count].SendAsync(request(racer))));

    private static void AssertOneWins(AttackAnswer[] answers)
    {
        Assert.All(answers, answer => Assert.Null(answer.FindMalformation()));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(answers.Length - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }
}
