using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Connect.Testing.Servers;
using Connect.Tests.Unit.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Functional.Explanations;

/// <summary>One request to the model.</summary>
/// <param name="User">The facts, which depend on the input only.</param>
/// <param name="System">The instructions.</param>
/// <param name="Body">The request.</param>
internal sealed record ModelRequest(string User, string System, JsonNode Body)
{
    public bool IsEnglish => System.Contains("Write in English", StringComparison.Ordinal);
}

/// <summary>A service on this machine with OpenAI's chat completions, which counts its requests.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    public const string Model = "test-model";

    private readonly WebApplication _application;

    private ModelServer(WebApplication application) => _application = application;

    /// <summary>Every request, in the order of arrival.</summary>
    public ConcurrentQueue<ModelRequest> Requests { get; } = new();

    /// <summary>Answers instead of the good text; by the number of the request, from 0.</summary>
    public Func<HttpContext, ModelRequest, int, Task>? Respond { get; set; }

    /// <summary>The base address of the client.</summary>
    public Uri Endpoint => new(
        _application.Urls.Single() + "/v1");

    /// <summary>Requests by input: facts and language.</summary>
    public Dictionary<(string User, bool IsEnglish), int> CountByInput() =>
        Requests.GroupBy(request => (request.User, request.IsEnglish)).ToDictionary(group => group.Key, group => group.Count());

    public static async Task<ModelServer> StartAsync()
    {
        var application = LoopbackServer.Create();
        var server = new ModelServer(application);
        application.MapPost("/v1/chat/completions", server.AnswerAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A well-formed answer with this text.</summary>
    public static Task WriteAsync(HttpContext context, string text, string finishReason = "stop") => context.Response.WriteAsJsonAsync(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_790_000_000,
        model = Model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = finishReason } },
        usage = new { prompt_tokens = 1000, completion_tokens = 200, total_tokens = 1200 },
    });

    public static Task FailAsync(HttpContext context, HttpStatusCode status, string? retryAfter = null)
    {
        context.Response.StatusCode = (int)status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsJsonAsync(new { error = new { message = "no", type = "test" } });
    }

    public async ValueTask DisposeAsync() => await _application.EndAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var messages = body["messages"]!.AsArray();
        var request = new ModelRequest(ContentOf(messages[1]!), ContentOf(messages[0]!), body);
        int number;
        lock (Requests)
        {
            number = Requests.Count;
            Requests.Enqueue(request);
        }

        await (Respond is { } respond
            ? respond(context, request, number)
            : WriteAsync(context, request.IsEnglish ? ExplanationFixtures.English : ExplanationFixtures.Korean));
    }

    private static string ContentOf(JsonNode message) => message["content"] is JsonArray parts
        ? parts[0]!["text"]!.GetValue<string>()
        : message["content"]!.GetValue<string>();
}
