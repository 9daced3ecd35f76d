using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Benchmarks.Load.Running;

/// <summary>
/// A language model's service with a constant text after a constant time, because the API is measured and not the
/// model.
/// </summary>
internal sealed class ModelStandIn : IAsyncDisposable
{
    private const string Name = "stand-in";

    // True for every match, and without numbers, so it passes the API's check.
    private const string Text =
        "이 공고의 지원 분야는 귀 기관의 사업 분야와 잘 맞고, 등록하신 기술과도 가까이 닿아 있습니다. 신청하시기 전에 공고문에 적힌 자격 조건과 제출 서류를 먼저 살펴보시기 바랍니다.";

    /// <summary>How long it takes for a text.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly WebApplication _application;
    private long _texts;

    private ModelStandIn(WebApplication application) => _application = application;

    public long Texts => Interlocked.Read(ref _texts);

    public static async Task<ModelStandIn> StartAsync()
    {
        var model = new ModelStandIn(LoopbackServer.Create());
        model._application.MapPost("/v1/chat/completions", model.WriteAsync);
        await model._application.StartAsync();
        return model;
    }

    /// <summary>
    /// Adds the settings of an API. The allowance of texts is never used up: all users of a run have one address.
    /// </summary>
    public void AddTo(Dictionary<string, string?> settings)
    {
        settings["Explanations__Endpoint"] = _application.Urls.Single() + "/v1";
        settings["Explanations__ApiKey"] = "none";
        settings["Explanations__Model"] = Name;
        settings["Explanations__UserCallsPerHour"] = "100000";
        settings["Explanations__AddressCallsPerHour"] = "100000";
        settings["Explanations__DailyTokenBudget"] = "100000000000";
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task WriteAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await Task.Delay(Pause, context.RequestAborted);
        Interlocked.Increment(ref _texts);
        await context.Response.WriteAsJsonAsync(
            new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1_790_000_000,
                model = Name,
                choices = new[] { new { index = 0, message = new { role = "assistant", content = Text }, finish_reason = "stop" } },
                usage = new { prompt_tokens = 1000, completion_tokens = 200, total_tokens = 1200 },
            },
            context.RequestAborted);
    }
}
