namespace Connect.Api.Http;

/// <summary>Answers <c>HEAD</c> on every route like <c>GET</c>, without the body.</summary>
internal static class HeadRequests
{
    /// <summary>To be added before routing. The server remembers the original method and sends no body.</summary>
    public static void UseHeadRequests(this WebApplication app) => app.Use(static (context, next) =>
        HttpMethods.IsHead(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            // Restored for logging.
            context.Request.Method = HttpMethods.Head;
        }
    }
}
