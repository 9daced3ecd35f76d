using Connect.Api.Edge;
using Connect.Api.Operations.Access;
using Connect.Api.Operations.Actions;
using Connect.Api.Operations.Components;
using Connect.Api.Operations.Look;
using Connect.Data.Operations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using MudBlazor.Services;

namespace Connect.Api.Operations;

/// <summary>The operations page: <c>/ops</c>, for administrators.</summary>
internal static class OperationsRegistration
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        // Beside the assembly, also where nothing was published: only Development would look there by itself.
        builder.WebHost.UseStaticWebAssets();

        // Development would also look for files that the build did not know, on a route that answers everything.
        builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        builder.AddOperationsCookie();
        var services = builder.Services;
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<AuthenticationStateProvider, OperationsSession>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<OperationsSignIn>();
        services.AddSingleton<OperationsActions>();
        services.AddOperationsFeed();
        services.AddSingleton<ThemeStylesheet>();
    }

    /// <summary>What the page's requests pass after authorization.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseSameOriginHub();
        app.UseOperationsLanguage();
        app.UseAntiforgery();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        ThemeStylesheet.Map(app);
        app.MapPost("/ops/sign-out", SignOutAsync).RequireAuthorization(OperationsCookie.Policy).ExcludeFromDescription();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // Said by the page's policy. And what is secret is not packed together with what strangers wrote.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            })
            .WithSecurityHeadersPolicy(SecurityHeaders.Operations)
            .Add(Secure);
    }

    // A page that stays open is no request that takes too long.
    private static void Secure(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAllowAnonymous>().FirstOrDefault() is null)
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(OperationsCookie.Policy));
        }

        if ((endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) == true)
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
