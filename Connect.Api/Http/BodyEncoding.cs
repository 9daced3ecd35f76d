using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>
/// JSON is UTF-8 (RFC 8259). The framework would also read other encodings, and answers an unknown or quoted one with
/// 500. <c>utf8</c> is no registered name, but what many clients send.
/// </summary>
internal static class BodyEncoding
{
    private static readonly string[] Utf8 = ["utf-8", "utf8"];

    /// <summary>Refuses bodies in other encodings.</summary>
    public static void UseUtf8Bodies(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null
            || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue)
        {
            return next(context);
        }

        if (!Utf8.Contains(HeaderUtilities.RemoveQuotes(type.Charset).ToString(), StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        context.Request.ContentType = type.MediaType.Value;
        return next(context);
    });
}
