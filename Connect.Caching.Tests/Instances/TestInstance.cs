using System.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Testing.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Connect.Caching.Tests.Instances;

/// <summary>An application instance in this process, with a listener of its own.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    // Under mutation, most waits are in vain.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Rounds.AreFew ? 3 : 20);

    private readonly IHost _host;

    private TestInstance(IHost host) => _host = host;

    public HybridCache Cache => Get<HybridCache>();

    public CacheTransaction<ShopDb> Transaction => Get<CacheTransaction<ShopDb>>();

    public CacheState State => Get<CacheState>();

    public GenerationState Generations => Get<GenerationState>();

    /// <summary>Starts an instance on a database, which is made where it does not exist, and waits until its generations are verified.</summary>
    /// <param name="connectionString">From <see cref="Servers.NewDatabase"/>.</param>
    /// <param name="redis">The second tier, shared by instances that shall share it; null for none.</param>
    /// <param name="configure">Layers and the like.</param>
    /// <param name="settings">Of the section <c>Cache</c>.</param>
    /// <param name="time">The cache's clock; null for the system's.</param>
    /// <param name="interceptor">Of the contexts' connections; null for none.</param>
    /// <param name="isVerified">False for an instance that may never be verified.</param>
    public static async Task<TestInstance> StartAsync(
        string connectionString, IDistributedCache? redis = null, Action<GenerationalCacheBuilder>? configure = null,
        Dictionary<string, string?>? settings = null, TimeProvider? time = null, IInterceptor? interceptor = null, bool isVerified = true)
    {
        var instance = new TestInstance(Build(connectionString, redis, configure, settings, time, interceptor));
        await instance.WithContextAsync(db => db.Database.EnsureCreatedAsync(Token));
        await instance._host.StartAsync(Token);
        if (isVerified)
        {
            await instance.State.FirstSync.WaitAsync(Patience, Token);
        }

        return instance;
    }

    /// <summary>An instance that is not started, with the same parameters.</summary>
    public static IHost Build(
        string connectionString, IDistributedCache? redis = null, Action<GenerationalCacheBuilder>? configure = null,
        Dictionary<string, string?>? settings = null, TimeProvider? time = null, IInterceptor? interceptor = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

        // A query may be late on a machine that is busy with other tests; those of silence set their own time-out.
        builder.Configuration[$"{CacheOptions.SectionName}:{nameof(CacheOptions.GenerationsTimeoutSeconds)}"] = "10";
        builder.Configuration.AddInMemoryCollection(
            settings?.Select(setting => KeyValuePair.Create($"{CacheOptions.SectionName}:{setting.Key}", setting.Value)));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        if (redis is not null)
        {
            builder.Services.AddSingleton(redis);
        }

        builder.Services.AddDbContextPool<ShopDb>(options => options
            .UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure())
            .UseCacheInvalidation()
            .AddInterceptors(interceptor is null ? [] : [interceptor]));
        builder.Services.AddGenerationalCache<ShopDb>(cache =>
        {
            cache.ConnectTo(connectionString);
            configure?.Invoke(cache);
        });
        return builder.Build();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Does something with a context of its own, outside of any transaction of the cache.</summary>
    public async Task<T> WithContextAsync<T>(Func<ShopDb, Task<T>> action)
    {
        await using var scope = Get<IServiceScopeFactory>().CreateAsyncScope();
        return await action(scope.ServiceProvider.GetRequiredService<ShopDb>());
    }

    /// <summary>Reads as a request does that wants to know where its answer came from.</summary>
    public static async Task<(T Value, CacheTrace Trace)> TraceAsync<T>(Func<ValueTask<T>> read)
    {
        var trace = CacheTrace.Begin();
        return (await read(), trace);
    }

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

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
