using System.Net;

namespace Connect.Tests.Distributed.Security;

/// <summary>The same request many times at once: one is carried out, and the others are told why they are not.</summary>
public sealed class RacingRequestsTests(RunningApplication application)
{
    private const int Racers = 8;
    private const int Races = 3;

    [Fact]
    public async Task One_organization_is_created_when_many_are_asked_for_at_once()
    {
        await using var site = await AttackedSite.StartAsync(application, processes: 2);
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

    private static Task<AttackAnswer[]> RaceAsync(AttackedSite site, Func<int, AttackRequest> request) =>
        Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => site.Clients[racer % site.Clients.Count].SendAsync(request(racer))));

    private static void AssertOneWins(AttackAnswer[] answers)
    {
        Assert.All(answers, answer => Assert.Null(answer.FindMalformation()));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(answers.Length - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }
}
