using Connect.Api.Http;
using Connect.Data.Model;

namespace Connect.Api.Idempotency;

/// <summary>The caller's name for a write, as <c>Idempotency-Key</c> says.</summary>
/// <param name="Value">1 to 200 visible ASCII characters.</param>
internal sealed record RequestedKey(string Value);

/// <summary>Reads <c>Idempotency-Key</c>, and refuses what is none: the caller would take the write for a named one.</summary>
internal sealed class IdempotencyKeyFilter : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var values = http.Request.Headers[Header];
        if (values.Count > 0)
        {
            if (values is not [{ } key] || key.Length is 0 or > IdempotencyKey.MaxLength || key.Any(c => c is < '!' or > '~'))
            {
                return Problems.Invalid("idempotencyKey", $"{Header} is given once and has 1 to 200 visible ASCII characters.");
            }

            http.Features.Set(new RequestedKey(key));
        }

        return await next(context);
    }
}

/// <summary>Says it of a route.</summary>
internal static class IdempotencyRoutes
{
    public static RouteHandlerBuilder AcceptsIdempotencyKey(this RouteHandlerBuilder route) => route
        .AddEndpointFilter<IdempotencyKeyFilter>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
