using System.Net;
using System.Net.Http.Json;

namespace Connect.AppHost.Commands;

/// <summary>
/// An administrator's requests as commands of the worker's resource. The API carries them out, but it has replicas:
/// each would have the commands, and the command line does not accept a name that several share.
/// </summary>
internal static class AdminCommands
{
    private const string Tags = "/api/admin/cache/tags/";

    /// <summary>Adds commands that sign in as the administrator of the parameters and make one request.</summary>
    public static IResourceBuilder<ProjectResource> WithAdminCommands(
        this IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ParameterResource> email,
        IResourceBuilder<ParameterResource> password)
    {
        var administrator = new Administrator(email.Resource, password.Resource);
        var endpoint = () => api.GetEndpoint("http");
        return worker
            .WithHttpCommand("/api/admin/scrapes", "Scrape now", endpoint, commandName: "scrape", commandOptions: new HttpCommandOptions
            {
                Description = "Asks the worker to read a board, or every board, now. Answers the ids of the runs.",
                IconName = "ArrowDownload",
                Arguments = [CommandInputs.Choice("agency", "Agency", "Whose board is read; every board where nothing is chosen.", CommandInputs.Boards, required: false)],
                PrepareRequest = context =>
                {
                    context.Request.Content = JsonContent.Create(new { agency = NullIfEmpty(context.Arguments.GetString("agency")) });
                    return administrator.AuthorizeAsync(context);
                },
                GetCommandResult = ReadResultAsync,
            })
            .WithHttpCommand(Tags, "Evict", endpoint, commandName: "evict", commandOptions: new HttpCommandOptions
            {
                Method = HttpMethod.Delete,
                Description = "Evicts everything with a tag in every instance: later computations read the data again.",
                ConfirmationMessage = "Evict? The next computation of each instance reads from Postgres.",
                IconName = "Broom",
                Arguments =
                [
                    new InteractionInput
                    {
                        Name = "tag",
                        Label = "Tag",
                        Description = "programs, matches, org:{id}, …; * is everything (docs/caching.md).",
                        InputType = InputType.Text,
                        Required = true,
                        Value = "programs",
                    },
                ],
                PrepareRequest = context =>
                {
                    var tag = Uri.EscapeDataString(context.Arguments.GetString("tag") ?? "");
                    context.Request.RequestUri = new Uri($"{context.Endpoint.Url}{Tags}{tag}");
                    return administrator.AuthorizeAsync(context);
                },
                GetCommandResult = ReadResultAsync,
            })
            .WithHttpCommand("/api/admin/cache/warm", "Warm rankings", endpoint, commandName: "warm", commandOptions: new HttpCommandOptions
            {
                Description = "Asks the worker to compute the rankings of active organizations ahead of their readers. Answers the warming's id.",
                IconName = "Fire",
                PrepareRequest = administrator.AuthorizeAsync,
                GetCommandResult = ReadResultAsync,
            });
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static async Task<ExecuteCommandResult> ReadResultAsync(HttpCommandResultContext context) =>
        context.Response.StatusCode == HttpStatusCode.Unauthorized
            ? CommandResults.Failure("The API did not let the administrator of the parameters admin-email and admin-password in.")
            : await CommandResponses.ReadAsync("The API", context);
}
