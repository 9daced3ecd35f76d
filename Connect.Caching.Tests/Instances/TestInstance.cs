using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connect.Caching.Tests.Instances;

/// <summary>An application instance in this process, with a listener of its own.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IHost _host;

    private TestInstance(IHost host) => _host = host;

    public HybridCache Cache => Get<HybridCache>();

    public CacheTransaction<ShopDb> Transaction => Get<CacheTransaction<ShopDb>>();

    public CacheState State => Get<CacheState>();

    /// <summary>Starts an instance on a database, which is made where it does not exist, and waits until its generations are verified.</summary>
    /// <param name="connectionString">From <see cref="Servers.NewDatabase"/>.</param>
    /// <param name="redis">The second tier, shared by instances that shall share it; null for none.</param>
    /// <param name="configure">Layers and the like.</param>
    public static async Task<TestInstance> StartAsync(
        string connectionString, IDistributedCache? redis = null, Action<GenerationalCacheBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        if (redis is not null)
        {
            builder.Services.AddSingleton(redis);
        }

        builder.Services.AddDbContextPool<ShopDb>(options => options.UseNpgsql(connectionString).UseCacheInvalidation());
        builder.Services.AddGenerationalCache<ShopDb>(cache =>
        {
            cache.ConnectTo(connectionString);
            configure?.Invoke(cache);
        });
        var instance = new TestInstance(builder.Build());
        await using (var scope = instance._host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopDb>().Database.EnsureCreatedAsync(Token);
        }

        await instance._host.StartAsync(Token);
        await instance.State.FirstSync.WaitAsync(Patience, Token);
        return instance;
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Reads an integer; the factory gives what <paramref name="source"/> says.</summary>
    public ValueTask<int> ReadAsync(string key, Func<int> source, params string[] tags) => Cache.GetOrCreateAsync(
        key, source, static (value, _) => new ValueTask<int>(value()), tags: tags, cancellationToken: Token);

    /// <summary>Evicts in a transaction.</summary>
    public Task EvictAsync(params string[] tags) => Transaction.ExecuteAsync(
        (db, _) =>
        {
            db.EvictTags("test", tags);
            return Task.CompletedTask;
        },
        Token);

    /// <summary>Asks again and again until the condition holds, within a bound.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The condition did not come true.");
            await pace.WaitForNextTickAsync(Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
