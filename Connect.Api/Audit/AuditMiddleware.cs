using System.Diagnostics;
using System.Security.Claims;
using Connect.Data.Audit;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Connect.Api.Audit;

/// <summary>
/// Stores an entry before an administrator's request is carried out; if that fails, so does the request. Endpoints are
/// recognized by the policy in their metadata, so new ones are audited without more code; those with another policy are marked. Runs after
/// authorization.
/// </summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditLog log)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && !IsRead(context.Request.Method) && (IsAdministrative(endpoint) || IsUsedByAdministrator(context, endpoint))
            ? InvokeAsync(context, endpoint)
            : next(context);

    /// <summary>Whether an endpoint is for administrators only.</summary>
    public static bool IsAdministrative(Endpoint endpoint)
    {
        // A loop without LINQ: every request but GET and HEAD passes here.
        var rules = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Policy == Caller.AdminPolicy)
            {
                return true;
            }
        }

        return false;
    }

    // A route with another policy.
    private static bool IsUsedByAdministrator(HttpContext context, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<AuditsAdministrators>() is not null && context.User.IsInRole(User.AdminRole);

    /// <summary>The route's template without the final slash of a group's own routes, or the endpoint's name.</summary>
    public static string RouteOf(Endpoint endpoint) =>
        Cut((endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? endpoint.DisplayName ?? "", AuditEntry.MaxRouteLength);

    private async Task InvokeAsync(HttpContext context, Endpoint endpoint)
    {
        var entry = Describe(context, endpoint);
        await log.BeginAsync(entry, context.RequestAborted);
        context.Features.Set(entry);
        await next(context);
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static AuditEntry Describe(HttpContext context, Endpoint endpoint) => new()
    {
        // Of a bearer token, a key, or the cookie of the operations page.
        UserId = Guid.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!),
        Method = Cut(context.Request.Method, AuditEntry.MaxMethodLength),
        Route = RouteOf(endpoint),
        Target = Cut(string.Join('&', TargetOf(context, endpoint)), AuditEntry.MaxTargetLength),
        TraceId = Cut(Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, AuditEntry.MaxTraceLength),
    };

    // Only query parameters that the endpoint reads: others may hold anything, personal data included.
    private static IEnumerable<string> TargetOf(HttpContext context, Endpoint endpoint)
    {
        foreach (var (name, value) in context.Request.RouteValues)
        {
            yield return $"{name}={Escape(value?.ToString())}";
        }

        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            foreach (var value in context.Request.RouteValues.ContainsKey(parameter.Name) ? [] : context.Request.Query[parameter.Name])
            {
                yield return $"{parameter.Name}={Escape(value)}";
            }
        }
    }

    private static string Escape(string? value) => Uri.EscapeDataString(value ?? "");

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
