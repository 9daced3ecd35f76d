using Connect.Data.Instances;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Data.Operations;

/// <summary>Registers the data of the operations page.</summary>
public static class OperationsRegistration
{
    /// <summary>Registers <see cref="OperationsFeed"/>. Needs the cache and <see cref="InstanceRegistration.AddCacheInstance"/>.</summary>
    public static IServiceCollection AddOperationsFeed(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperationsOptions, OperationsOptionsValidator>().BindConfiguration(OperationsOptions.SectionName);
        services.AddSingleton(provider => new OperationsFeed(
            new OperationsReader(
                provider.GetRequiredService<CacheInstances>(),
                provider.GetRequiredService<IDbContextFactory<FailFastDbContext>>(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<IOptions<OperationsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
