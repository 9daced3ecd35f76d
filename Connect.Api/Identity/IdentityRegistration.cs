using Connect.Api.Identity.External;
using Connect.Api.Identity.Keys;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity;

/// <summary>Users, sign-in and tokens.</summary>
internal static class IdentityRegistration
{
    private const int MinPasswordLength = 10;
    private const int AttemptsToLockOut = 5;

    // Forwards to the scheme that the token's form belongs to.
    private const string Scheme = "Connect";

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
            .AddUserValidator<UserLimits>()
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ConnectDbContext>();
        AddTokens(builder);
        services.AddOptions<BearerTokenOptions>(IdentityConstants.BearerScheme)
            .PostConfigure(static options => options.BearerTokenProtector = new RememberedTokens(options.BearerTokenProtector));
        services.AddAuthorizationBuilder().AddPolicy(Caller.AdminPolicy, policy => policy.RequireRole(User.AdminRole));

        services.AddScoped<DevelopmentAdmin>();
    }

    public static void MapConnectIdentity(this WebApplication app)
    {
        var group = app.MapGroup("/auth").WithTags("Identity")
            .AddEndpointFilter(RefuseMalformedId)
            .AddEndpointFilter(RefuseCookies);
        group.MapIdentityApi<User>().SecureIdentity();
    }

    // Without Identity's cookies: browsers send these with requests of any site, which would allow request forgery.
    private static void AddTokens(IHostApplicationBuilder builder)
    {
        var authentication = builder.Services.AddAuthentication(options =>
        {
            options.DefaultScheme = Scheme;
            options.DefaultAuthenticateScheme = Scheme;
            options.DefaultChallengeScheme = Scheme;
            options.DefaultForbidScheme = Scheme;
        });
        var hasIssuer = builder.TryAddExternalIssuer(authentication);
        authentication.AddPolicyScheme(Scheme, displayName: null, options => options.ForwardDefaultSelector = context =>
            hasIssuer && ExternalIssuer.IsJwt(context.Request) ? ExternalIssuer.Scheme : IdentityConstants.BearerScheme);
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
