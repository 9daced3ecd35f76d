using System.Diagnostics;
using Connect.Caching;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data;
using Connect.Data.Accounts;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Functional.Caching;

/// <summary>What an instance of a test is made of.</summary>
internal sealed record TestInstanceOptions
{
    /// <summary>Settings of the section <c>Cache</c>.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Another clock for Connect's own parts.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Another Redis than the running application's.</summary>
    public IDistributedCache? Redis { get; init; }

    /// <summary>Changes how the contexts of writes are built.</summary>
    public Action<DbContextOptionsBuilder>? Writes { get; init; }

    /// <summary>Adds what is no part of the cache.</summary>
    public Action<IHostApplicationBuilder>? Host { get; init; }
}

/// <summary>One instance of the cache in this process: real Postgres, real Redis, its own listener.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    // Passing tests do not wait for it, however busy the machine is.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IHost _host;

    private TestInstance(IHost host) => _host = host;

    public HybridCache Cache => Get<HybridCache>();

    public CacheTransaction<ConnectDbContext> Transaction => Get<CacheTransaction<ConnectDbContext>>();

    public CacheState State => Get<CacheState>();

    public AccessReader Access => Get<AccessReader>();

    public OrganizationReader Organizations => Get<OrganizationReader>();

    /// <summary>Starts an instance and waits until its generations are verified.</summary>
    public static async Task<TestInstance> StartAsync(RunningApplication application, string database, TestInstanceOptions? options = null)
    {
        options ??= new TestInstanceOptions();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [
                KeyValuePair.Create<string, string?>($"ConnectionStrings:{DataRegistration.ConnectionName}", database),
                .. options.Settings.Select(setting => KeyValuePair.Create($"{CacheOptions.SectionName}:{setting.Key}", setting.Value)),
            ]);
        if (options.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddSingleton(options.Redis ?? await ConnectRedisAsync(application));
        builder.Services.AddDbContextPool<ConnectDbContext>(context =>
        {
            context.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure());
            ConnectDbContext.Configure(context);
            options.Writes?.Invoke(context);
        });
        builder.Services.AddConnectData();
        options.Host?.Invoke(builder);

        var instance = new TestInstance(builder.Build());
        await instance._host.StartAsync(TestContext.Current.CancellationToken);
        await instance.State.FirstSync.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return instance;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Does something as a request would, and says what it cost.</summary>
    public static async Task<(T Value, CacheTrace Trace)> TraceAsync<T>(Func<Task<T>> action)
    {
        var trace = CacheTrace.Begin();
        return (await action(), trace);
    }

    /// <summary>Reads a value of the layer for other keys, tagged; the factory returns the result of <paramref name="compute"/>.</summary>
    public ValueTask<int> ReadAsync(string key, Func<int> compute, params string[] tags) => Cache.GetOrCreateAsync(
        key, compute, static (source, _) => new ValueTask<int>(source()), tags: tags, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Evicts as product code does, in a transaction.</summary>
    public Task EvictAsync(params string[] tags) => Transaction.ExecuteAsync(
        (context, _) =>
        {
            context.EvictTags("test", tags);
            return Task.CompletedTask;
        },
        TestContext.Current.CancellationToken);

    /// <summary>Asks again and again until the condition holds, within a bound.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The condition did not come true.");
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static async Task<IDistributedCache> ConnectRedisAsync(RunningApplication application)
    {
        var configuration = await application.GetRedisAsync();
        return new RedisCache(Options.Create(new RedisCacheOptions { Configuration = configuration }));
    }
}
