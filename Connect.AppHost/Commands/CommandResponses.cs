using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.AppHost.Commands;

/// <summary>A service's answer to a command, for the dashboard and the command line.</summary>
internal static class CommandResponses
{
    /// <summary>The result is the answer's body; the message of an error is its status and title.</summary>
    public static async Task<ExecuteCommandResult> ReadAsync(string service, HttpCommandResultContext context)
    {
        var response = context.Response;
        if (!response.IsSuccessStatusCode)
        {
            return CommandResults.Failure(
                $"{service} answered {(int)response.StatusCode}. {await ReadTitleAsync(response.Content, context.CancellationToken)}".TrimEnd());
        }

        var body = await response.Content.ReadAsStringAsync(context.CancellationToken);
        return body.Length == 0 ? CommandResults.Success() : CommandResults.Success("Done", body, CommandResultFormat.Json);
    }

    /// <summary>Every error of the services is a problem document; a proxy's may be anything.</summary>
    private static async Task<string?> ReadTitleAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return (problem.TryGetProperty("detail", out var detail) ? detail : problem.GetProperty("title")).GetString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
