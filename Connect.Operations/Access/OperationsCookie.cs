using Connect.Data.Model;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Connect.Operations.Access;

/// <summary>The page's own sign-in. No route of the API accepts its cookie, so other sites cannot misuse it there.</summary>
internal static class OperationsCookie
{
    /// <summary>The scheme, which only <see cref="Policy"/> names.</summary>
    public const string Scheme = "Connect.Operations";

    /// <summary>The policy of the page and its resources.</summary>
    public const string Policy = "operations";

    public const string SignInPath = "/ops/sign-in";

    // Browsers accept a cookie with this prefix only over HTTPS, from the host itself, and for all of its paths.
    private const string HostPrefix = "__Host-";

    public static void AddOperationsCookie(this IHostApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton<OperationsAccess>();
        builder.Services.AddAuthentication().AddCookie(Scheme, options =>
        {
            Protect(options.Cookie, Scheme, isDevelopment);
            options.ExpireTimeSpan = OperationsAccess.Lifetime;
            options.SlidingExpiration = false;
            (options.LoginPath, options.AccessDeniedPath) = (SignInPath, SignInPath);
            options.Events.OnValidatePrincipal = ValidateAsync;
        });
        builder.Services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure<TimeProvider>((options, time) =>
        {
            // Identity keeps challenges of passkeys in it. Its other use, a password without its second factor, is for sign-ins by cookie.
            Protect(options.Cookie, "Connect.Challenge", isDevelopment);
            options.Events.OnSigningIn = context =>
            {
                PasskeyVerifier.Stamp(context.Properties, time.GetUtcNow());
                return Task.CompletedTask;
            };
        });
        builder.Services.Configure<IdentityPasskeyOptions>(static options =>
        {
            // The authenticator stores the passkey with its user, so that no address is entered; it verifies the user by finger, face or PIN.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
            options.ValidateOrigin = static context =>
                ValueTask.FromResult(!context.CrossOrigin && SameOrigin.IsOwn(context.HttpContext.Request, context.Origin));
        });
        builder.Services.AddAuthorizationBuilder().AddPolicy(
            Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireRole(User.AdminRole));
        builder.Services.Configure<AntiforgeryOptions>(options =>
        {
            Protect(options.Cookie, "Connect.Antiforgery", isDevelopment);

            // The page's own content security policy forbids frames.
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    private static void Protect(CookieBuilder cookie, string name, bool isDevelopment)
    {
        cookie.Name = isDevelopment ? name : HostPrefix + name;
        cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var access = context.HttpContext.RequestServices.GetRequiredService<OperationsAccess>();
        if (context.Principal is { } principal && !await access.IsAdministratorAsync(principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}
