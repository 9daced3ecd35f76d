using Connect.Data.Model;

namespace Connect.Api.Idempotency;

/// <summary>The value of <c>Idempotency-Key</c>.</summary>
/// <param name="Value">1 to 200 visible ASCII characters.</param>
internal sealed record RequestedKey(string Value);

/// <summary>Reads <c>Idempotency-Key</c>, and refuses a malformed one: ignored, a retry would write twice.</summary>
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

/// <summary>Adds the filter to routes.</summary>
internal static class IdempotencyRoutes
{
    public static RouteHandlerBuilder AcceptsIdempotencyKey(this RouteHandlerBuilder route) => route
        .AddEndpointFilter<IdempotencyKeyFilter>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
