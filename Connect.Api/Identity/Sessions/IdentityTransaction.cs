using Connect.Caching;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Sessions;

/// <summary>
/// Runs a request of Identity's endpoints, which save by the request's context whenever they like, in one transaction: an account and its
/// mail, a lock-out and its eviction commit together. Tokens are sent after the commit.
/// </summary>
internal static class IdentityTransaction
{
    public static async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return await next(context);
        }

        var services = http.RequestServices;
        var answer = await services.GetRequiredService<CacheTransaction<ConnectDbContext>>().ExecuteOnceAsync(
            services.GetRequiredService<ConnectDbContext>(), async _ => await next(context), http.RequestAborted);
        return http.Features.Get<SignedIn>() is var (principal, properties)
            ? TypedResults.SignIn(principal, properties, IdentityConstants.BearerScheme)
            : answer;
    }
}
