using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Connect.LocalAspire.Clients;

internal static class ClientHealthChecks
{
    /// <summary>Two registrations of one name are an error at the first check, so a client that is added twice adds its check once.</summary>
    public static void TryAddHealthCheck(this IHostApplicationBuilder builder, string name, Func<IServiceProvider, IHealthCheck> factory)
    {
        if (builder.Properties.TryAdd($"Connect.LocalAspire.HealthChecks.{name}", true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(name, factory, null, null));
        }
    }
}
