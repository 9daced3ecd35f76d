using Connect.Core.Caching.Nodes;
using Connect.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Core.Operations;

/// <summary>Registers what operators see.</summary>
public static class OperationsRegistration
{
    /// <summary>Registers <see cref="OperationsFeed"/>. Needs the cache and <see cref="NodeRegistration.AddCacheNode"/>.</summary>
    public static IServiceCollection AddOperationsFeed(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperationsOptions, OperationsOptionsValidator>().BindConfiguration(OperationsOptions.SectionName);
        services.AddSingleton(provider => new OperationsFeed(
            new OperationsReader(
                provider.GetRequiredService<CacheNodes>(),
                provider.GetRequiredService<IDbContextFactory<ConnectReadContext>>(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<IOptions<OperationsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
