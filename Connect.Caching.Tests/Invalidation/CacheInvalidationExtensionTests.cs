using Connect.Caching.Flow;
using Connect.Caching.Invalidation;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>What the library adds to Entity Framework, which builds its services once in a process.</summary>
public sealed class CacheInvalidationExtensionTests
{
    private readonly CacheInvalidationExtension _extension = new();

    [Fact]
    public void Context_has_one_record_that_is_reset_with_it_and_two_interceptors()
    {
        var services = new ServiceCollection();
        _extension.ApplyServices(services);
        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();
        using var other = provider.CreateScope();

        var record = scope.ServiceProvider.GetRequiredService<EvictionRecord>();
        Assert.Same(record, scope.ServiceProvider.GetRequiredService<IResettableService>());
        Assert.NotSame(record, other.ServiceProvider.GetRequiredService<EvictionRecord>());
        Assert.Collection(
            provider.GetServices<IInterceptor>(),
            guard => Assert.IsType<EvictionGuard>(guard),
            counter => Assert.Same(QueryCounter.Instance, counter));
    }

    [Fact]
    public void Contexts_with_it_share_their_services_and_say_so_in_logs()
    {
        var info = _extension.Info;
        var debug = new Dictionary<string, string>();
        info.PopulateDebugInfo(debug);

        Assert.Same(info, _extension.Info);
        Assert.True(info.ShouldUseSameServiceProvider(new CacheInvalidationExtension().Info));
        Assert.Equal(info.GetServiceProviderHashCode(), new CacheInvalidationExtension().Info.GetServiceProviderHashCode());
        Assert.False(info.IsDatabaseProvider);
        Assert.Equal("cache invalidation ", info.LogFragment);
        Assert.Equal(["CacheInvalidation"], debug.Keys);
    }
}
