using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Connect.Api.OpenApi;

/// <summary>Reads a route's metadata.</summary>
internal static class ApiDescriptions
{
    public static bool Has<TMetadata>(this ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<TMetadata>().Any();

    /// <summary>The access rules; empty for anonymous access.</summary>
    public static IReadOnlyList<IAuthorizeData> AccessRules(this ApiDescription description) => description.Has<IAllowAnonymous>()
        ? []
        : [.. description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()];
}
