using Connect.Caching;
using Connect.Data;
using Connect.Data.Caching;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using ZiggyCreatures.Caching.Fusion;

namespace Connect.Benchmarks.Micro;

/// <summary>Three implementations of <see cref="HybridCache"/> on the same Redis, each as its users register it.</summary>
internal sealed class ComparedCaches : IAsyncDisposable
{
    private readonly IHost _connect;
    private readonly ServiceProvider _stock;
    private readonly ServiceProvider _fusion;
    private readonly MeterProvider _metrics;

    private ComparedCaches(IHost connect, ServiceProvider stock, ServiceProvider fusion, MeterProvider metrics) =>
        (_connect, _stock, _fusion, _metrics) = (connect, stock, fusion, metrics);

    public HybridCache Connect => _connect.Services.GetRequiredService<HybridCache>();

    public HybridCache Stock => _stock.GetRequiredService<HybridCache>();

    public HybridCache Fusion => _fusion.GetRequiredService<HybridCache>();

    public static async Task<ComparedCaches> StartAsync(MicroServers servers)
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
        stock.AddStackExchangeRedisCache(options => options.Configuration = servers.Redis);
        AddSerializer(stock);
        stock.AddHybridCache();

        var fusion = new ServiceCollection();
        fusion.AddFusionCache().AsHybridCache();
        return new(connect, stock.BuildServiceProvider(), fusion.BuildServiceProvider(), metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _connect.StopAsync();
        _connect.Dispose();
        await _stock.DisposeAsync();
        await _fusion.DisposeAsync();
        _metrics.Dispose();
    }

    private static IHost BuildConnect(MicroServers servers)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>($"ConnectionStrings:{DataRegistration.ConnectionName}", servers.Postgres)]);
        builder.Services.AddMetrics();
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = servers.Redis);
        builder.Services.AddDbContextPool<ConnectDbContext>(options =>
        {
            options.UseNpgsql(servers.Postgres);
            ConnectDbContext.Configure(options);
        });
        builder.Services.AddConnectData();
        return builder.Build();
    }

    // The same serializer for both, so that only the caches differ.
    private static void AddSerializer(IServiceCollection services) =>
        services.AddSingleton<IHybridCacheSerializerFactory, CachePayloadSerializers>();

    private sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
