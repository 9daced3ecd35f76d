using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// Signs all members in before the profile begins, by <c>POST /auth/login</c>. A password's check is slow by design, so
/// its times are reported apart from those of other routes.
/// </summary>
internal static class SignIn
{
    // One per processor, which checks passwords, and some that wait.
    private const int AtOnce = 4;

    /// <summary>Signs members in; returns the duration of each in milliseconds, in ascending order.</summary>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public static async Task<(ImmutableArray<SeededOrganization> Members, double[] Times)> AllAsync(
        LoadClient client, IReadOnlyList<SeededOrganization> organizations, string password)
    {
        using var http = new HttpClient();
        var members = new SeededOrganization[organizations.Count];
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
