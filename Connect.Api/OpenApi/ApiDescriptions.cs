using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Connect.Api.OpenApi;

/// <summary>Reads what a route's metadata says.</summary>
internal static class ApiDescriptions
{
    public static bool Has<TMetadata>(this ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<TMetadata>().Any();

    /// <summary>Who may call; empty where anybody may.</summary>
    public static IReadOnlyList<IAuthorizeData> AccessRules(this ApiDescription description) => description.Has<IAllowAnonymous>()
        ? []
        : [.. description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()];
}
