using Connect.Api.Http;
using Connect.Core.Data;
using Connect.Core.Organizations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity;

/// <summary>Users, sign-in and tokens.</summary>
internal static class IdentityRegistration
{
    // Part of what keys protect: every replica and every release must say the same.
    private const string ApplicationName = "Connect";

    public static void AddConnectIdentity(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        // In the database, so that every replica accepts every token, also after a restart.
        services.AddDataProtection().SetApplicationName(ApplicationName).PersistKeysToDbContext<ConnectDbContext>();
        services
            .AddIdentityApiEndpoints<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 10;
                options.Lockout.MaxFailedAccessAttempts = 5;
            })
            .AddUserValidator<UserLimits>()
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ConnectDbContext>();
        services.AddAuthorizationBuilder().AddPolicy(Caller.AdminPolicy, policy => policy.RequireRole(Caller.AdminRole));

        services.AddScoped<DevelopmentAdmin>();
        services.AddSingleton<StartupWork>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupWork>());
        services.AddHealthChecks().AddCheck<StartupWork>("startup");
    }

    public static void MapConnectIdentity(this WebApplication app) =>
        app.MapGroup("/auth").WithTags("Identity").AddEndpointFilter(RefuseMalformedId).MapIdentityApi<User>();

    // Identity converts the id of a confirmation link without looking at it. Answered like an id that nobody has.
    private static async ValueTask<object?> RefuseMalformedId(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.TryGetValue("userId", out var id) && !Guid.TryParse(id, out _)
            ? TypedResults.Unauthorized()
            : await next(context);
}
