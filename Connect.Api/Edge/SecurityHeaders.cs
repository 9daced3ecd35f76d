using Connect.Operations.Access;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Edge;

/// <summary>Security headers: answers with data forbid browsers everything, pages allow only what they need.</summary>
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
            // The page's scripts and data come from the API itself; its styles are inline.
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().WithNonce();
            csp.AddStyleSrc().UnsafeInline();
            csp.AddImgSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddFormAction().None();
        }))
        .AddPolicy(
            OperationsHeaders.Policy,
            policy => Page(policy).AddContentSecurityPolicy(OperationsHeaders.Allow).AddPermissionsPolicy(OperationsHeaders.Allow));

    /// <summary>Sets <c>Cache-Control: no-store</c> where an endpoint has not set another one.</summary>
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

    // The reference page's script is public and large: browsers may cache it with revalidation.
    private static bool IsReference(PathString path) => path.StartsWithSegments("/scalar");

    // Only documents get these headers: on every answer they would take half a kilobyte.
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
