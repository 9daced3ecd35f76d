using Connect.Data.Operations;
using Connect.Operations.Access;
using Connect.Operations.Actions;
using Connect.Operations.Components;
using Connect.Operations.Look;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Connect.Operations;

/// <summary>The operations page: <c>/ops</c>, for administrators.</summary>
public static class OperationsRegistration
{
    /// <summary>Adds the page's services; its host adds users, sign-in and data.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        // Finds the files of a build that was not published; by default only Development does.
        builder.WebHost.UseStaticWebAssets();

        // In Development, reloading would add a fallback route that matches every path.
        builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        builder.AddOperationsCookie();
        var services = builder.Services;
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<AuthenticationStateProvider, OperationsSession>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<OperationsSignIn>();
        services.AddScoped<PasskeyVerifier>();
        services.AddSingleton<OperationsActions>();
        services.AddOperationsFeed();
        services.AddSingleton<ThemeStylesheet>();
    }

    /// <summary>Adds the page's middleware, after authorization.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseWhen(IsOfPage, static page =>
        {
            page.UseSameOriginHub();
            page.UseOperationsLanguage();
        });
        app.UseAntiforgery();
    }

    /// <summary>Maps the page, its files and its connection.</summary>
    /// <param name="app">The host.</param>
    /// <param name="signInLimit">The host's rate limiting policy for requests with a password.</param>
    public static void MapOperations(this WebApplication app, string signInLimit)
    {
        app.MapStaticAssets().AllowAnonymous();
        ThemeStylesheet.Map(app);
        app.MapPost("/ops/sign-out", SignOutAsync).RequireAuthorization(OperationsCookie.Policy).ExcludeFromDescription();
        app.MapPasskeys(signInLimit);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // The page's own policy forbids frames. Compressing secrets together with foreign texts would reveal
                // the secrets by the length of messages.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            })
            .WithSecurityHeadersPolicy(OperationsHeaders.Policy)
            .Add(endpoint => Secure(endpoint, signInLimit));
    }

    private static bool IsOfPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/ops") || context.Request.Path.StartsWithSegments(SameOrigin.HubPath);

    // Adds authorization, the limit of sign-ins, and no timeout for the connections of open pages.
    private static void Secure(EndpointBuilder endpoint, string signInLimit)
    {
        if (endpoint.Metadata.OfType<IAllowAnonymous>().FirstOrDefault() is null)
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(OperationsCookie.Policy));
        }

        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/');
        if (route == OperationsCookie.SignInPath.TrimStart('/'))
        {
            endpoint.Metadata.Add(new EnableRateLimitingAttribute(signInLimit));
        }

        if (route?.StartsWith("_blazor", StringComparison.Ordinal) == true)
        {
            endpoint.Metadata.Add(new DisableRequestTimeoutAttribute());
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await context.SignOutAsync(OperationsCookie.Scheme);
        return TypedResults.LocalRedirect($"~{OperationsCookie.SignInPath}");
    }
}
