using Connect.Core.Administration;
using Connect.Core.Caching;
using Connect.Core.Matching;
using Connect.Core.Matching.Warming;
using Connect.Core.Organizations;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Core.Data;

/// <summary>Registers what API and worker share.</summary>
public static class CoreRegistration
{
    /// <summary>The cache and everything that is read through it. See <see cref="CachingRegistration.AddConnectCaching"/> for what it needs.</summary>
    public static IServiceCollection AddConnectCore(this IServiceCollection services)
    {
        services.AddConnectCaching();
        services.AddSingleton<MatchEngine>();
        services.AddSingleton<HiddenCallReader>();
        services.AddSingleton<OrganizationReader>();
        services.AddSingleton(provider => new ExternalUserReader(
            provider.GetRequiredService<HybridCache>(),
            provider.GetRequiredService<TruthDataSource>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProgramReader>();
        services.AddSingleton<MatchReader>();
        services.AddSingleton<MatchWriter>();
        services.AddSingleton(provider => new MatchWarmer(
            provider.GetRequiredService<MatchReader>(),
            provider.GetRequiredService<OrganizationReader>(),
            provider.GetRequiredService<ProgramReader>(),
            provider.GetRequiredService<GenerationStore>(),
            provider.GetRequiredService<IDbContextFactory<ConnectReadContext>>()));
        services.AddSingleton<AuditLog>();
        services.AddScoped<ScrapeRequests>();
        return services;
    }
}
