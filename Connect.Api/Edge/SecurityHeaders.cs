using Microsoft.Net.Http.Headers;

namespace Connect.Api.Edge;

/// <summary>What browsers are told to do with answers: nothing, where they are data.</summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of the API's reference, the only page.</summary>
    public const string Reference = "reference";

    public static void AddSecurityHeaders(this IServiceCollection services) => services.AddSecurityHeaderPolicies()
        .SetDefaultPolicy(policy => Common(policy).AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddFormAction().None();
        }))
        .AddPolicy(Reference, policy => Common(policy).AddContentSecurityPolicy(csp =>
        {
            // Its scripts and its data are the API's own; it writes styles into elements, and pictures into addresses.
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().Self().WithNonce();
            csp.AddStyleSrc().Self().UnsafeInline();
            csp.AddFontSrc().Self().Data();
            csp.AddImgSrc().Self().Data();
            csp.AddConnectSrc().Self();
            csp.AddFrameAncestors().None();
            csp.AddBaseUri().None();
            csp.AddFormAction().None();
        }));

    /// <summary>Keeps answers out of every store but the caller's own, where an endpoint has not said otherwise.</summary>
    public static void UseNoStore(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                if (!headers.ContainsKey(HeaderNames.CacheControl))
                {
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    });

    private static HeaderPolicyCollection Common(HeaderPolicyCollection policy) => policy
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginOpenerPolicy(opener => opener.SameOrigin())
        .AddCrossOriginResourcePolicy(resource => resource.SameOrigin())
        .AddPermissionsPolicyWithDefaultSecureDirectives()
        .RemoveServerHeader();
}
