namespace Connect.Api.Http;

/// <summary>Answers <c>HEAD</c> as <c>GET</c> is answered, on every route: with the same status and headers, and no body.</summary>
internal static class HeadRequests
{
    /// <summary>Comes before routing. The server goes by what it has read itself, and sends no body to <c>HEAD</c>.</summary>
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
            // What is logged at the end is what was asked.
            context.Request.Method = HttpMethods.Head;
        }
    }
}
