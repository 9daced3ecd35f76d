using Connect.Api.Edge;
using Connect.Api.RateLimits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Export;

/// <summary>What routes of exported tables have in common.</summary>
internal static class ExportRoutes
{
    public const string FormatDescription = "CSV (the default) or XLSX.";

    public static RouteHandlerBuilder Exports(this RouteHandlerBuilder route)
    {
        route.RequireAuthorization(Caller.ReadPolicy).RequireRateLimiting(RateLimiting.Export).WithRequestTimeout(Timeouts.Export).DisableValidation();
        return route.ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The format of a query string; the problem where it is none.</summary>
    public static ValidationProblem? ReadFormat(string? text, out ExportFormat format)
    {
        var isKnown = WireJson.TryParse<ExportFormat>(text, out var read);
        format = read ?? ExportFormat.Csv;
        return isKnown ? null : Problems.Invalid("format", WireJson.OneOf<ExportFormat>());
    }
}
