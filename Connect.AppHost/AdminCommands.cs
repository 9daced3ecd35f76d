using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Connect.AppHost;

/// <summary>What an administrator does to the running system, as commands of the API's resource.</summary>
internal static class AdminCommands
{
    /// <summary>Adds commands that sign in as the administrator of the parameters and make one call.</summary>
    public static IResourceBuilder<ProjectResource> WithAdminCommands(
        this IResourceBuilder<ProjectResource> api, IResourceBuilder<ParameterResource> email, IResourceBuilder<ParameterResource> password)
    {
        var administrator = new Administrator(email.Resource, password.Resource);
        return api
            .WithHttpCommand("/api/admin/scrapes", "Scrape now", commandName: "scrape", commandOptions: new HttpCommandOptions
            {
                Description = "Asks the worker to read every board now.",
                IconName = "ArrowDownload",
                PrepareRequest = context =>
                {
                    context.Request.Content = JsonContent.Create(new { });
                    return administrator.AuthorizeAsync(context);
                },
                GetCommandResult = ReadResultAsync,
            })
            .WithHttpCommand("/api/admin/cache/tags/programs", "Evict programs", commandName: "evict-programs", commandOptions: new HttpCommandOptions
            {
                Method = HttpMethod.Delete,
                Description = "Evicts the list of open calls in every process: whatever is computed from now on reads it anew.",
                ConfirmationMessage = "Evict the list of open calls? The next computation of each process reads it from Postgres.",
                IconName = "Broom",
                PrepareRequest = administrator.AuthorizeAsync,
                GetCommandResult = ReadResultAsync,
            })
            .WithHttpCommand("/api/admin/cache/warm", "Warm rankings", commandName: "warm", commandOptions: new HttpCommandOptions
            {
                Description = "Asks the worker to compute the rankings of active organizations ahead of their readers.",
                IconName = "Fire",
                PrepareRequest = administrator.AuthorizeAsync,
                GetCommandResult = ReadResultAsync,
            });
    }

    private static async Task<ExecuteCommandResult> ReadResultAsync(HttpCommandResultContext context)
    {
        var response = context.Response;
        return response switch
        {
            { IsSuccessStatusCode: true } => CommandResults.Success(),
            { StatusCode: HttpStatusCode.Unauthorized } => CommandResults.Failure(
                "The API did not let the administrator of the parameters admin-email and admin-password in."),
            _ => CommandResults.Failure(
                $"The API answered {(int)response.StatusCode}. {await ReadTitleAsync(response.Content, context.CancellationToken)}".TrimEnd()),
        };
    }

    /// <summary>Every error of the API is a problem document; a proxy's may be anything.</summary>
    private static async Task<string?> ReadTitleAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return problem.GetProperty("title").GetString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
