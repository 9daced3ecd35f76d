using Connect.Operations.Access;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Edge;

/// <summary>What browsers are told to do with answers: nothing, where they are data.</summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of the API's reference.</summary>
    public const string Reference = "reference";

    public static void AddSecurityHeaders(this IServiceCollection services) => services.AddSecurityHeaderPolicies()
        .SetDefaultPolicy(policy => Common(policy).AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddFormAction().None();
        }))
        .AddPolicy(Reference, policy => Page(policy).AddContentSecurityPolicy(csp =>
        {
            // Its scripts and its data are the API's own, and its styles it writes into the page itself.
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().WithNonce();
            csp.AddStyleSrc().UnsafeInline();
            csp.AddImgSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddFormAction().None();
        }))
        .AddPolicy(OperationsHeaders.Policy, policy => Page(policy).AddContentSecurityPolicy(OperationsHeaders.Allow));

    /// <summary>Keeps answers out of every store but the caller's own, where an endpoint has not said otherwise.</summary>
    public static void UseNoStore(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var response = (HttpResponse)state;
                if (!response.Headers.ContainsKey(HeaderNames.CacheControl))
                {
                    response.Headers.CacheControl = IsReference(response.HttpContext.Request.Path) ? "no-cache" : "no-store";
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    });

    // The page's script is large, and nobody's.
    private static bool IsReference(PathString path) => path.StartsWithSegments("/scalar");

    // What only a document could do is forbidden to documents only: on every answer it would be half a kilobyte.
    private static HeaderPolicyCollection Page(HeaderPolicyCollection policy) => Common(policy)
        .AddCrossOriginOpenerPolicy(opener => opener.SameOrigin())
        .AddPermissionsPolicyWithDefaultSecureDirectives();

    private static HeaderPolicyCollection Common(HeaderPolicyCollection policy) => policy
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginResourcePolicy(resource => resource.SameOrigin())
        .RemoveServerHeader();
}
