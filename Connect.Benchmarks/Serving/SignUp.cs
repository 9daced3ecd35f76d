using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.Benchmarks.Serving;

/// <summary>Registers at the API as people do.</summary>
internal static class SignUp
{
    private const string Password = "Passw0rd!-1";

    /// <summary>Registers a user, signs in, and registers the user's organization.</summary>
    /// <exception cref="HttpRequestException">A step was refused.</exception>
    public static async Task<SeededOrganization> RegisterAsync(
        HttpClient http, string email, object organization, CancellationToken cancellationToken)
    {
        using var registered = await http.PostAsJsonAsync("/auth/register", new { email, password = Password }, cancellationToken);
        registered.EnsureSuccessStatusCode();
        using var signedIn = await http.PostAsJsonAsync("/auth/login", new { email, password = Password }, cancellationToken);
        var token = (await ReadAsync(signedIn, cancellationToken)).GetProperty("accessToken").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organizations");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = JsonContent.Create(organization);
        using var created = await http.SendAsync(request, cancellationToken);
        return new((await ReadAsync(created, cancellationToken)).GetProperty("id").GetGuid(), token);
    }

    /// <summary>Reads an answer's JSON.</summary>
    /// <exception cref="HttpRequestException">It is an error.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
