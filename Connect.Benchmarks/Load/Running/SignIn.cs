using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Load.Running;

/// <summary>A member with a token that the API gave for a password.</summary>
internal sealed record SignedInMember(Guid Organization, string Token);

/// <summary>
/// Signs everybody in before the profile begins, by <c>POST /auth/login</c>. A password's check is slow by design; its times
/// are told apart, beside those of the routes that people wait for every day.
/// </summary>
internal static class SignIn
{
    // As many as there are processors to check passwords, and some to wait.
    private const int AtOnce = 4;

    /// <summary>Signs members in, and says how long each had to wait in milliseconds, in ascending order.</summary>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public static async Task<(ImmutableArray<SignedInMember> Members, double[] Times)> AllAsync(
        LoadClient client, IReadOnlyList<SeededOrganization> organizations, string password)
    {
        using var http = new HttpClient();
        var members = new SignedInMember[organizations.Count];
        var times = new double[organizations.Count];
        await Parallel.ForAsync(0, organizations.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (place, cancellationToken) =>
        {
            var startedAt = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsJsonAsync(
                new Uri(client.NextReplica(), "/auth/login"), new { email = SeededSite.EmailOf(place), password }, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            times[place] = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"A sign-in was answered {(int)answer.StatusCode}.");
            }

            members[place] = new(
                organizations[place].Id, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("accessToken").GetString()!);
        });
        Array.Sort(times);
        return ([.. members], times);
    }
}
