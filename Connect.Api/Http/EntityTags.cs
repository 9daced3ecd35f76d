using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>Conditional reads: a caller that has an answer already is told so.</summary>
internal static class EntityTags
{
    /// <summary>Names the answer, and has it asked for again before it is used again.</summary>
    public static void SetTag(this HttpResponse response, EntityTagHeaderValue tag) => response.SetTag(tag.ToString());

    /// <summary>The same, for a strong tag that is text already, quoted.</summary>
    public static void SetTag(this HttpResponse response, string tag)
    {
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
    }

    /// <summary>Whether <c>If-None-Match</c> says that the caller has this answer, of which there is a strong tag, quoted.</summary>
    public static bool Has(this HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && ((known.Count == 1 && known[0] == tag) || request.Has(EntityTagHeaderValue.Parse(tag)));

    /// <summary>Whether <c>If-None-Match</c> says that the caller has this answer.</summary>
    public static bool Has(this HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
}
