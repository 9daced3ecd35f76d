using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Accounts;
using Connect.Data.Audit;
using Connect.Data.Caching;
using Connect.Data.Mails;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Data.Programs;
using Connect.Data.Programs.Lists;
using Connect.Data.Scraping;
using Connect.Data.Warming;
using Connect.Domain.Matching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Data;

/// <summary>Registers what API and worker share.</summary>
public static class DataRegistration
{
    /// <summary>Name of the database's connection string.</summary>
    public const string ConnectionName = "connectdb";

    /// <summary>
    /// Registers the cache and everything that is read through it. Needs a scoped <see cref="ConnectDbContext"/>, an
    /// <c>IDistributedCache</c> and the connection string <see cref="ConnectionName"/>.
    /// </summary>
    public static IServiceCollection AddConnectData(this IServiceCollection services)
    {
        services.AddConnectCaching();
        services.AddSingleton<MatchEngine>();
        services.AddSingleton<HiddenProgramReader>();
        services.AddOptionsWithValidateOnStart<OrganizationOptions, OrganizationOptionsValidator>().BindConfiguration(OrganizationOptions.SectionName);
        services.AddSingleton<OrganizationReader>();
        services.AddSingleton<InvitationMails>();
        services.AddSingleton<AccessReader>();
        services.AddSingleton<ExternalUsers>();
        services.AddSingleton<ProgramReader>();
        services.AddSingleton<ProgramLists>();
        services.AddSingleton<SimilarProgramReader>();
        services.AddSingleton<RankingGenerator>();
        services.AddSingleton<MatchReader>();
        services.AddSingleton<MatchWriter>();
        services.AddSingleton<DismissalReader>();
        services.AddSingleton<MatchWarmer>();
        services.AddSingleton<AuditLog>();
        services.AddScoped<ScrapeQueue>();
        services.AddMailOutbox();
        return services;
    }

    /// <summary>Registers the cache with Connect's layers, and the context that factories read with.</summary>
    internal static IServiceCollection AddConnectCaching(this IServiceCollection services)
    {
        services.AddGenerationalCache<ConnectDbContext>(cache =>
        {
            cache.ConnectTo(ConnectionStringOf)
                .WritePayloadsWith(new CachePayloadSerializers(), CachePayloads.SchemaVersion)
                .ForeseeEvictions(EvictionReasons.Known);
            foreach (var layer in CacheLayers.All)
            {
                cache.AddLayer(layer);
            }
        });
        return services.AddPooledDbContextFactory<FailFastDbContext>(ConfigureReads);
    }

    private static string ConnectionStringOf(IServiceProvider provider) =>
        provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionName}' is not configured.");

    private static void ConfigureReads(IServiceProvider provider, DbContextOptionsBuilder options)
    {
        ConnectDbContext.Configure(options);
        var database = provider.GetRequiredService<PrimaryDatabase>();
        options.UseNpgsql(database.Pooled, npgsql => npgsql
            .CommandTimeout(provider.GetRequiredService<IOptions<CacheOptions>>().Value.FactoryTimeoutSeconds)
            .ExecutionStrategy(dependencies => new ReadAgainStrategy(dependencies, database)));
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
    }
}
