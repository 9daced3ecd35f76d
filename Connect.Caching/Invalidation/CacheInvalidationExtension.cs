using Connect.Caching.Flow;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Invalidation;

/// <summary>Adds <see cref="EvictionRecord"/>, <see cref="EvictionGuard"/> and <see cref="QueryCounter"/> to a context.</summary>
internal sealed class CacheInvalidationExtension : IDbContextOptionsExtension
{
    private ExtensionInfo? _info;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        services.AddScoped<EvictionRecord>();
        services.AddScoped<IResettableService>(provider => provider.GetRequiredService<EvictionRecord>());
        services.AddSingleton<IInterceptor, EvictionGuard>();
        services.AddSingleton<IInterceptor>(QueryCounter.Instance);
    }

    public void Validate(IDbContextOptions options)
    {
        // Nothing can be wrong with it.
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "cache invalidation ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["CacheInvalidation"] = "1";
    }
}
