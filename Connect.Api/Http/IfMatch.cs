using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>
/// The tags of <c>If-Match</c>: a change is allowed only while the resource has one of them. To be checked in the
/// transaction of the change, under the row's lock: elsewhere two concurrent requests could both pass.
/// </summary>
internal sealed class IfMatch
{
    private static readonly IfMatch Absent = new([EntityTagHeaderValue.Any]);

    // What proxies append to the tag of an answer that they compress.
    private static readonly string[] Suffixes = ["-gzip", "-br", "-zstd", ";gzip"];

    private readonly IList<EntityTagHeaderValue> _tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>The request's header; the route needs <see cref="IfMatchFilter"/>.</summary>
    public static IfMatch Of(HttpContext http) => http.Features.Get<IfMatch>() ?? Absent;

    /// <summary>Whether a tag was refused that is the resource's but for what a compressing proxy makes of it.</summary>
    public bool HasAlteredTag { get; private set; }

    /// <summary>
    /// Whether the header is absent or has this tag. Weak tags never match (RFC 9110, 13.1.1): they say of an answer that it is about
    /// the same, and a change must know what it overwrites.
    /// </summary>
    public bool Allows(EntityTagHeaderValue tag)
    {
        HasAlteredTag = _tags.Any(known => IsAltered(known, tag));
        return _tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: true));
    }

    private static bool IsAltered(EntityTagHeaderValue known, EntityTagHeaderValue tag) =>
        (known.IsWeak && known.Tag == tag.Tag) || Array.Exists(Suffixes, suffix => known.Tag == $"{tag.Tag.Subsegment(0, tag.Tag.Length - 1)}{suffix}\"");

    /// <summary>Reads the header; null where it is malformed.</summary>
    public static IfMatch? Read(HttpRequest request)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return Absent;
        }

        // A wildcard must be the only value.
        return EntityTagHeaderValue.TryParseStrictList([.. header!], out var tags) && tags.Count > 0
            && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any))
            ? new IfMatch(tags)
            : null;
    }
}

/// <summary>Refuses a malformed <c>If-Match</c>: ignored, it would protect nothing.</summary>
internal sealed class IfMatchFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (IfMatch.Read(context.HttpContext.Request) is not { } ifMatch)
        {
            return Problems.Invalid("ifMatch", "If-Match is * or a list of quoted entity tags.");
        }

        context.HttpContext.Features.Set(ifMatch);
        return await next(context);
    }
}

/// <summary>Adds the filter to routes.</summary>
internal static class IfMatchRoutes
{
    public static RouteHandlerBuilder HonoursIfMatch(this RouteHandlerBuilder route) => route
        .AddEndpointFilter<IfMatchFilter>()
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
