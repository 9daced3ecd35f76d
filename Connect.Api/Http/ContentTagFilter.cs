using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>
/// Sets an <c>ETag</c> that is a hash of the content, for answers without a cheaper one. It saves bytes, not work: the
/// answer is computed to be compared.
/// </summary>
internal sealed class ContentTagFilter(IOptions<JsonOptions> json) : IEndpointFilter
{
    // 128 bits, so that boards' texts cannot be chosen to collide.
    private const int TagBytes = 16;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var inner = answer;
        while (inner is INestedHttpResult nested)
        {
            inner = nested.Result;
        }

        if (inner is not IValueHttpResult { Value: { } value } || inner is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            return answer;
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");
        var http = context.HttpContext;
        http.Response.SetTag(tag);
        return http.Request.Has(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(content, "application/json; charset=utf-8");
    }
}

/// <summary>Adds the filter to routes.</summary>
internal static class ContentTags
{
    public static RouteHandlerBuilder WithContentTag(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter<ContentTagFilter>().Produces(StatusCodes.Status304NotModified);
}
