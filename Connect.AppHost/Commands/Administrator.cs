using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.AppHost.Commands;

/// <summary>The administrator of the development environment.</summary>
internal sealed class Administrator(ParameterResource email, ParameterResource password)
{
    /// <summary>Signs in for one request. After a refused sign-in it has no token, and the API answers 401.</summary>
    public async Task AuthorizeAsync(HttpCommandRequestContext context)
    {
        var cancellationToken = context.CancellationToken;
        var credentials = new
        {
            email = await email.GetValueAsync(cancellationToken),
            password = await password.GetValueAsync(cancellationToken),
        };
        using var answer = await context.HttpClient.PostAsJsonAsync($"{context.Endpoint.Url}/auth/login", credentials, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            context.Request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        }
    }
}
