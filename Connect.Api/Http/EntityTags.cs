using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>Conditional reads: a caller that has an answer already is told so.</summary>
internal static class EntityTags
{
    /// <summary>Names the answer, and has it asked for again before it is used again.</summary>
    public static void SetTag(this HttpResponse response, EntityTagHeaderValue tag)
    {
        response.GetTypedHeaders().ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
    }

    /// <summary>Whether <c>If-None-Match</c> says that the caller has this answer.</summary>
    public static bool Has(this HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
}
