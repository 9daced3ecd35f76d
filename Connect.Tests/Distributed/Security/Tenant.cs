using System.Text.Json.Nodes;
using Connect.Tests.Functional.Explanations;
using Connect.Tests.Unit.Explanations;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed.Security;

/// <summary>An organization whose answers contain a marker.</summary>
/// <param name="Marker">
/// A word in its name, its keywords, its notes and, by <see cref="AnswerAsync"/>, a model's texts for it.
/// </param>
/// <param name="Id">The organization.</param>
/// <param name="Tokens">Of its members, and a key that writes.</param>
/// <param name="ReadKey">A key that only reads.</param>
/// <param name="Matches">Its matches.</param>
internal sealed record Tenant(string Marker, Guid Id, IReadOnlyList<string> Tokens, string ReadKey, IReadOnlyList<Guid> Matches)
{
    // The markers distinguish organizations in the facts for the model. They are Korean words, because the check of a
    // model's text accepts no others.
    private static readonly (string Marker, int Projects)[] Known = [("가람하늘", 111), ("나래바다", 222), ("다솜들판", 333)];

    /// <summary>The last ETag of each address, for requests of strangers, to which it must not be confirmed.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>Texts that show that an answer is of this organization.</summary>
    public IEnumerable<string> Traces() => Matches.Append(Id).Select(id => id.ToString()).Append(Marker);

    /// <summary>The tokens and keys that a request of this method may come with.</summary>
    public IReadOnlyList<string> TokensFor(string method) => method == "PATCH" ? Tokens : [.. Tokens, ReadKey];

    public static async Task<Tenant> CreateAsync(AttackedSite site, int number)
    {
        var (marker, projects) = Known[number];
        var (creator, colleague) = (await site.SignUpAsync(), await site.SignUpAsync());
        var organization = AttackedSite.Organization($"{marker} 회사", readinessLevel: 5);
        organization["collaborationCount"] = projects;
        organization["keyTechnologies"] = new JsonArray("인공지능", marker);
        var created = await site.Clients[0].PostAsync("/api/organizations", organization, creator.Token);
        var id = created.Json["id"]!.GetValue<Guid>();

        // Its members are not cached yet, so nothing has to be evicted.
        await using var context = site.CreateContext();
        await context.Users.Where(user => user.Email == colleague.Email)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.OrganizationId, id), TestContext.Current.CancellationToken);
        var matches = await site.Clients[0].PostAsync($"/api/matches/generate?organizationId={id}&limit=15", null, colleague.Token);
        Guid[] matchIds = [.. matches.Json["matches"]!.AsArray().Select(match => match!["id"]!.GetValue<Guid>())];
        foreach (var match in matchIds)
        {
            await site.Clients[0].SendAsync(new AttackRequest("PATCH", $"/api/matches/{match}")
            {
                MediaType = "application/merge-patch+json",
                Token = creator.Token,
            }.WithJson(new JsonObject { ["note"] = $"{marker} 메모" }));
        }

        var owner = creator with { Organization = id };
        var (write, read) = (await site.MakeKeyAsync(owner, "WRITE"), await site.MakeKeyAsync(owner, "READ"));
        return new Tenant(
            marker, id, [creator.Token, colleague.Token, write.Secret], read.Secret, matchIds);
    }

    /// <summary>Writes a model's text with the marker of the organization in the facts.</summary>
    public static Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context, ModelRequest request, int number)
    {
        var (marker, _) = Known.Single(known => request.User.Contains($"\"jointProjects\":{known.Projects}", StringComparison.Ordinal));
        return ModelServer.WriteAsync(context, request.IsEnglish ? $"{ExplanationFixtures.English} {marker}" : $"{marker} {ExplanationFixtures.Korean}");
    }
}
