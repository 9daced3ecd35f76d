using Microsoft.Net.Http.Headers;

namespace Connect.Api.Http;

/// <summary>
/// What <c>If-Match</c> says: change this only if it is still what I read. To be asked inside the transaction of the change,
/// under the row's lock: anywhere else two callers could both be right.
/// </summary>
internal sealed class IfMatch
{
    private static readonly IfMatch Absent = new([EntityTagHeaderValue.Any]);

    private readonly IList<EntityTagHeaderValue> _tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>What the request says; of a route that has <see cref="IfMatchFilter"/>.</summary>
    public static IfMatch Of(HttpContext http) => http.Features.Get<IfMatch>() ?? Absent;

    /// <summary>Whether the header, if there is one, has this tag. A weak one names no state that could be changed.</summary>
    public bool Allows(EntityTagHeaderValue tag) =>
        _tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: true));

    /// <summary>Reads the header; null where it is malformed.</summary>
    public static IfMatch? Read(HttpRequest request)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return Absent;
        }

        // The wildcard stands alone.
        return EntityTagHeaderValue.TryParseStrictList([.. header!], out var tags) && tags.Count > 0
            && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any))
            ? new IfMatch(tags)
            : null;
    }
}

/// <summary>Refuses a malformed <c>If-Match</c>, which would else protect nobody.</summary>
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

/// <summary>Says it of a route.</summary>
internal static class IfMatchRoutes
{
    public static RouteHandlerBuilder HonoursIfMatch(this RouteHandlerBuilder route) => route
        .AddEndpointFilter<IfMatchFilter>()
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
