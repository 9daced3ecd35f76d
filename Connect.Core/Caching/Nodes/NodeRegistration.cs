using Connect.Core.Diagnostics;
using Connect.Core.Organizations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Connect.Core.Caching.Nodes;

/// <summary>Makes a process one of the nodes that know of each other.</summary>
public static class NodeRegistration
{
    /// <summary>Registers what tells the others of this process, and <see cref="CacheNodes"/>, which knows them.</summary>
    /// <param name="services">With the cache already registered.</param>
    /// <param name="role"><c>api</c> or <c>worker</c>.</param>
    /// <param name="address">Host and port where the process's metrics are read, asked for at each flush; null where it has none.</param>
    public static IServiceCollection AddCacheNode(
        this IServiceCollection services, string role, Func<IServiceProvider, string?>? address = null)
    {
        services.AddSingleton<IValidateOptions<NodeOptions>, NodeOptionsValidator>();
        services.AddOptions<NodeOptions>().BindConfiguration(NodeOptions.SectionName).ValidateOnStart();
        services.AddSingleton(provider => new LocalNode(
            role,
            () => address?.Invoke(provider),
            provider.GetRequiredService<CacheStatistics>(),
            provider.GetRequiredService<GenerationFeed>(),
            provider.GetRequiredService<RedisBreaker>(),
            provider.GetRequiredService<MemoryTier>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ActivityLog(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<NodeOptions>>().Value.MaxActivities));
        services.AddSingleton<NodeStore>();
        services.AddSingleton<NodeFlusher>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NodeFlusher>());
        services.AddSingleton(provider => new CacheNodes(
            provider.GetRequiredService<LocalNode>(), provider.GetRequiredService<NodeStore>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
