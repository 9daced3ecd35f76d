using System.Globalization;
using System.Security.Cryptography;
using Connect.AgencySimulator.Control;
using Microsoft.Net.Http.Headers;

namespace Connect.AgencySimulator.Boards;

/// <summary>A page in its board's encoding, with the validators for conditional requests.</summary>
internal sealed class PageResult(BoardPages pages, string text, string mediaType = "text/html") : IResult
{
    public byte[] Bytes { get; } = KoreanPages.Encode(text, pages.Encoding);

    // The charset of EUC-KR pages stands only in the page, as it does on the sites that still use it.
    public string ContentType { get; } =
        pages.Encoding.CodePage == System.Text.Encoding.UTF8.CodePage ? $"{mediaType}; charset=utf-8" : mediaType;

    /// <summary>When the page changed last, in whole seconds; null if its board has no <c>Last-Modified</c>.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether the page has an entity tag, which is made from its bytes.</summary>
    public bool IsTagged { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request.GetTypedHeaders(), httpContext.Response);
        var tag = IsTagged ? new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 16))}\"") : null;
        if (tag is not null)
        {
            response.Headers.ETag = tag.ToString();
        }

        if (LastModified is { } modified)
        {
            response.Headers.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
        }

        if (IsKnown(request.IfNoneMatch, request.IfModifiedSince, tag))
        {
            httpContext.RequestServices.GetRequiredService<RequestCounts>().NotModified(pages.Board);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = Bytes.Length;
        await response.Body.WriteAsync(Bytes, httpContext.RequestAborted);
    }

    /// <summary>
    /// RFC 9110, 13.2.2: with If-None-Match, If-Modified-Since is ignored, even for a page without an entity tag.
    /// </summary>
    private bool IsKnown(IList<EntityTagHeaderValue> tags, DateTimeOffset? since, EntityTagHeaderValue? tag)
    {
        if (tag is null && LastModified is null)
        {
            return false;
        }

        return tags.Count > 0
            ? tags.Any(known => known.Tag == "*" || (tag is not null && known.Compare(tag, useStrongComparison: false)))
            : LastModified is { } modified && since >= modified;
    }
}
