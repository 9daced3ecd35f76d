using Connect.Caching;
using Connect.Data.Organizations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Connect.Data.Instances;

/// <summary>Registers a process as an instance that others can find.</summary>
public static class InstanceRegistration
{
    /// <summary>
    /// Registers the flusher of this instance's totals, and <see cref="CacheInstances"/>, which reads all.
    /// </summary>
    /// <param name="services">With the cache already registered.</param>
    /// <param name="role"><c>api</c> or <c>worker</c>.</param>
    /// <param name="address">
    /// Host and port where its metrics are read, evaluated at each flush; null where it has none.
    /// </param>
    public static IServiceCollection AddCacheInstance(
        this IServiceCollection services, string role, Func<IServiceProvider, string?>? address = null)
    {
        services.AddSingleton<IValidateOptions<InstanceOptions>, InstanceOptionsValidator>();
        services.AddOptions<InstanceOptions>().BindConfiguration(InstanceOptions.SectionName).ValidateOnStart();
        services.AddSingleton(provider => new LocalInstance(
            role,
            () => address?.Invoke(provider),
            provider.GetRequiredService<CacheState>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ActivityLog(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<InstanceOptions>>().Value.MaxActivities));
        services.AddSingleton<InstanceStore>();
        services.AddSingleton<InstanceFlusher>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<InstanceFlusher>());
        services.AddSingleton(provider => new CacheInstances(
            provider.GetRequiredService<LocalInstance>(), provider.GetRequiredService<InstanceStore>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
