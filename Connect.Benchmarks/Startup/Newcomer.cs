using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.Benchmarks.Startup;

/// <summary>
/// A new user: registers, signs in, creates an organization, and reads its matches until there are some.
/// </summary>
internal sealed class Newcomer(HttpClient http)
{
    private const string Password = "Passw0rd!-1";

    private static readonly string[] Technologies = ["인공지능", "클라우드"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs all steps; returns the number of matches.</summary>
    /// <exception cref="OperationCanceledException">There were none in time.</exception>
    /// <exception cref="HttpRequestException">A step was refused.</exception>
    public async Task<int> GetFirstMatchAsync(CancellationToken cancellationToken)
    {
        const string email = "newcomer@example.com";
        using var registered = await http.PostAsJsonAsync("/auth/register", new { email, password = Password }, cancellationToken);
        registered.EnsureSuccessStatusCode();
        using var signedIn = await http.PostAsJsonAsync("/auth/login", new { email, password = Password }, cancellationToken);
        var token = (await ReadAsync(signedIn, cancellationToken)).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var created = await http.PostAsJsonAsync(
            "/api/organizations",
            new
            {
                type = "COMPANY",
                name = "첫걸음 주식회사",
                businessNumber = "123-45-67890",
                industrySector = "ICT",
                technologyReadinessLevel = 5,
                rdExperience = true,
                keyTechnologies = Technologies,
            },
            cancellationToken);
        var organization = (await ReadAsync(created, cancellationToken)).GetProperty("id").GetGuid();
        while (true)
        {
            // Frequent requests may be limited (429).
            using var answer = await http.PostAsync($"/api/matches/generate?organizationId={organization}", content: null, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests
                && (await ReadAsync(answer, cancellationToken)).GetProperty("matches").GetArrayLength() is > 0 and var matches)
            {
                return matches;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
