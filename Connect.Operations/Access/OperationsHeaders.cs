using Microsoft.AspNetCore.Builder;

namespace Connect.Operations.Access;

/// <summary>What browsers may do on the page.</summary>
public static class OperationsHeaders
{
    /// <summary>The policy of security headers that the page's answers name; the host registers it.</summary>
    public const string Policy = "operations";

    /// <summary>Writes the page's content security policy.</summary>
    public static void Allow(CspBuilder csp)
    {
        // Scripts and stylesheets are the page's own files; components use style attributes.
        csp.AddDefaultSrc().None();
        csp.AddScriptSrc().Self();
        csp.AddStyleSrc().Self();
        csp.AddStyleSrcAttr().UnsafeInline();
        csp.AddImgSrc().Self().Data();
        csp.AddConnectSrc().Self();
        csp.AddFrameAncestors().None();
        csp.AddBaseUri().Self();
        csp.AddFormAction().Self();
    }

    /// <summary>Writes the page's permissions: passkeys, and nothing else that can be forbidden.</summary>
    public static void Allow(PermissionsPolicyBuilder permissions)
    {
        permissions.AddDefaultSecureDirectives();
        permissions.AddPublickeyCredentialsGet().Self();
    }
}
