using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>Conditional reads (RFC 9110): <c>ETag</c> and <c>If-None-Match</c>.</summary>
internal static class EntityTags
{
    /// <summary>Sets the <c>ETag</c>, and requires revalidation before the answer is reused.</summary>
    public static void SetTag(this HttpResponse response, EntityTagHeaderValue tag) => response.SetTag(tag.ToString());

    /// <summary>The same, for a strong tag as quoted text.</summary>
    public static void SetTag(this HttpResponse response, string tag)
    {
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
    }

    /// <summary>Whether <c>If-None-Match</c> has this strong tag, given as quoted text.</summary>
    public static bool Has(this HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && ((known.Count == 1 && known[0] == tag) || request.Has(EntityTagHeaderValue.Parse(tag)));

    /// <summary>Whether <c>If-None-Match</c> has this tag.</summary>
    public static bool Has(this HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
}
