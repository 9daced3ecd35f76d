using Connect.Data.Explanations;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Connect.Api.Edge;

/// <summary>Time limits of requests: then the work is cancelled and the answer is 504.</summary>
internal static class Timeouts
{
    /// <summary>The policy of explanations, which may take a model a minute.</summary>
    public const string Explanation = "explanation";

    /// <summary>The policy of exported tables, which take as long as the caller reads.</summary>
    public const string Export = "export";

    // Longer than the explanation's own limits, after which the rules explain.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static void AddTimeouts(this IServiceCollection services)
    {
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<EdgeOptions>, IOptions<ExplanationOptions>>(static (timeouts, edge, explanations) =>
        {
            timeouts.DefaultPolicy = Policy(edge.Value.RequestTimeout);
            timeouts.AddPolicy(Export, Policy(edge.Value.ExportTimeout));
            timeouts.AddPolicy(Explanation, Policy(explanations.Value.LongestAnswer + Margin));
        });
    }

    private static RequestTimeoutPolicy Policy(TimeSpan timeout) => new()
    {
        Timeout = timeout,
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        WriteTimeoutResponse = WriteAsync,
    };

    private static async Task WriteAsync(HttpContext http) =>
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = http,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status504GatewayTimeout,
                Title = "The answer took too long",
                Type = Problems.TypeOf("timeout"),
            },
        });
}
