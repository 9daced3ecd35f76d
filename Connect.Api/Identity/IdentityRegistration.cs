using Connect.Api.Identity.Access;
using Connect.Api.Identity.Addresses;
using Connect.Api.Identity.ApiKeys;
using Connect.Api.Identity.External;
using Connect.Api.Identity.Keys;
using Connect.Api.Identity.Mails;
using Connect.Api.Identity.Sessions;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity;

/// <summary>Users, sign-in and tokens.</summary>
internal static class IdentityRegistration
{
    private const int MinPasswordLength = 10;
    private const int AttemptsToLockOut = 5;

    private static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(5);

    public static void AddConnectIdentity(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddKeyProtection();
        services
            .AddIdentityApiEndpoints<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = MinPasswordLength;
                options.Lockout.MaxFailedAccessAttempts = AttemptsToLockOut;
                options.Lockout.DefaultLockoutTimeSpan = LockoutTime;
            })
            .AddUserManager<Users>()
            .AddSignInManager<SessionSignIn>()
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ConnectDbContext>()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddMailAddresses()
            .AddIdentityMails();
        services.AddScoped<IUserStore<User>, AccountStore>();
        services.AddScoped<UserSessions>();
        services.AddSingleton<KeySecrets>();
        services.AddSingleton<KeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUses>());
        services.AddScoped<KeyWrites>();
        AddTokens(builder);
        services.AddOptions<BearerTokenOptions>(IdentityConstants.BearerScheme).PostConfigure(static options =>
        {
            options.BearerTokenExpiration = UserSession.AccessLifetime;
            options.RefreshTokenExpiration = UserSession.RefreshLifetime;
            options.BearerTokenProtector = new RememberedTokens(options.BearerTokenProtector);
        });
        services.AddCallerPolicies();

        services.AddScoped<DevelopmentAdmin>();
    }

    public static void MapConnectIdentity(this WebApplication app)
    {
        var group = app.MapGroup("/auth").WithTags("Identity")
            .AnswerMails()
            .AddEndpointFilter(RefuseMalformedId)
            .AddEndpointFilter(RefuseCookies)
            .AddEndpointFilter(IdentityTransaction.RunAsync);
        group.MapIdentityApi<User>().SecureIdentity();
        group.MapSessions();
    }

    // Without Identity's cookies: browsers send these with requests of any site, which would allow request forgery.
    private static void AddTokens(IHostApplicationBuilder builder)
    {
        var authentication = builder.Services.AddAuthentication(CallerAuthentication.SchemeName);
        var hasIssuer = builder.TryAddExternalIssuer(authentication);
        authentication.AddScheme<CallerAuthenticationOptions, CallerAuthentication>(
            CallerAuthentication.SchemeName, options => options.HasIssuer = hasIssuer);
    }

    private static async ValueTask<object?> RefuseCookies(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var name in (ReadOnlySpan<string>)["useCookies", "useSessionCookies"])
        {
            if (context.HttpContext.Request.Query[name] == "true")
            {
                return Problems.Invalid(name, "The API takes tokens, not cookies.");
            }
        }

        return await next(context);
    }

    // Identity throws for a confirmation link whose user id is no UUID. Answer like an unknown id.
    private static async ValueTask<object?> RefuseMalformedId(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.TryGetValue("userId", out var id) && !Guid.TryParse(id, out _)
            ? TypedResults.Unauthorized()
            : await next(context);
}
