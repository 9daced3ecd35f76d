using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command that is an HTTP request to the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = builder.GetEndpoint(endpointName ?? "http");
        var options = commandOptions ?? new HttpCommandOptions();
        options.Method ??= HttpMethod.Post;

        // The annotation is looked up now: a resource without an HTTP endpoint is an error of the AppHost.
        var name = commandName
            ?? $"{builder.Resource.Name}-{endpoint.Annotation.Name}-http-{options.Method.Method.ToLowerInvariant()}-{path}";
        builder.ApplicationBuilder.Services.AddHttpClient();
        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name, displayName, context => SendAsync(context, endpoint, path, options), options));
    }

    private static async Task<ExecuteCommandResult> SendAsync(
        ExecuteCommandContext context, EndpointReference endpoint, string path, HttpCommandOptions options)
    {
        if (endpoint.Annotation.AllocatedPort is null)
        {
            return CommandResults.Failure($"The resource '{endpoint.Resource.Name}' has not been started.");
        }

        // Made for this command alone, so it may be changed; a command takes as long as it takes.
        using var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(options.Method!, new UriBuilder(endpoint.Url) { Path = path }.Uri);
        if (options.PrepareRequest is not null)
        {
            await options.PrepareRequest(new HttpCommandRequestContext
            {
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Request = request,
            }).ConfigureAwait(false);
        }

        using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
        if (options.GetCommandResult is not null)
        {
            return await options.GetCommandResult(new HttpCommandResultContext
            {
                CancellationToken = context.CancellationToken,
                Response = response,
            }).ConfigureAwait(false);
        }

        return response.IsSuccessStatusCode
            ? CommandResults.Success()
            : CommandResults.Failure($"Request failed with status code {response.StatusCode}");
    }
}
