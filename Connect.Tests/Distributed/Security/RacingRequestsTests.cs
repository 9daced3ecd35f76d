using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed.Security;

/// <summary>The same request many times at once: one is carried out, the others are refused with a reason.</summary>
public sealed class RacingRequestsTests(RunningApplication application)
{
    private const int Racers = 8;
    private const int Races = 3;

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

    private static Task<AttackAnswer[]> RaceAsync(AttackedSite site, Func<int, AttackRequest> request) =>
        Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => site.Clients[racer % site.Clients.Count].SendAsync(request(racer))));

    private static void AssertOneWins(AttackAnswer[] answers)
    {
        Assert.All(answers, answer => Assert.Null(answer.FindMalformation()));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(answers.Length - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }
}
