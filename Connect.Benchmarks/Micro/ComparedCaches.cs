using Connect.Caching;
using Connect.Data;
using Connect.Data.Caching;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using ZiggyCreatures.Caching.Fusion;

namespace Connect.Benchmarks.Micro;

/// <summary>Three implementations of <see cref="HybridCache"/> on the same Redis, each as its users register it.</summary>
internal sealed class ComparedCaches(IHost connect, ServiceProvider stock, ServiceProvider fusion, MeterProvider metrics) : IAsyncDisposable
{
    public HybridCache Connect { get; } = connect.Services.GetRequiredService<HybridCache>();

    public HybridCache Stock { get; } = stock.GetRequiredService<HybridCache>();

    public HybridCache Fusion { get; } = fusion.GetRequiredService<HybridCache>();

    public static async Task<ComparedCaches> StartAsync(CheckedServers servers)
    {
        // Connect's metrics are on and read, as with an exporter.
        var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter("Connect*")
            .AddReader(new PeriodicExportingMetricReader(new Nowhere(), exportIntervalMilliseconds: 1000))
            .Build();
        var connect = BuildConnect(servers);
        await connect.StartAsync();
        await connect.Services.GetRequiredService<CacheState>().FirstSync;

        var stock = new ServiceCollection();
        stock.AddStackExchangeRedisCache(options => options.Configuration = servers.Redis.Configuration);
        stock.AddHybridCache();

        // The same serializer for both: what differs is the cache.
        stock.AddSingleton<IHybridCacheSerializerFactory, CachePayloadSerializers>();

        var fusion = new ServiceCollection();
        fusion.AddFusionCache().AsHybridCache();
        return new(connect, stock.BuildServiceProvider(), fusion.BuildServiceProvider(), metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await connect.StopAsync();
        connect.Dispose();
        await stock.DisposeAsync();
        await fusion.DisposeAsync();
        metrics.Dispose();
    }

    private static IHost BuildConnect(CheckedServers servers)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>($"ConnectionStrings:{DataRegistration.ConnectionName}", servers.Postgres.ConnectionString)]);
        builder.Services.AddMetrics();
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = servers.Redis.Configuration);
        builder.Services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(servers.Postgres.ConnectionString);
            ConnectDbContext.Configure(options);
        });
        builder.Services.AddConnectData();
        return builder.Build();
    }

    private sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
