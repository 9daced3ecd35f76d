namespace Connect.AgencySimulator;

/// <summary>Takes ";jsessionid=…" out of paths before they are routed, as servlet containers do.</summary>
internal static class SessionPath
{
    public static IApplicationBuilder UseSessionPath(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.Request.Path.Value is { } path && path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            context.Request.Path = path[..at];
        }

        return next(context);
    });
}
