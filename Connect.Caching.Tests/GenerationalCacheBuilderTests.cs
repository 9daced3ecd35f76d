using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Connect.Caching.Naming;
using Connect.Caching.Tests.Instances;
using Connect.Caching.Tiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tests;

/// <summary>What applications can register, and what they are refused.</summary>
public sealed class GenerationalCacheBuilderTests
{
    private const string Database = "Host=127.0.0.1;Port=1;Database=none";

    [Fact]
    public void Cache_without_a_database_or_with_a_blank_one_is_refused()
    {
        Assert.Contains(
            nameof(GenerationalCacheBuilder.ConnectTo),
            Assert.Throws<ArgumentException>(() => new ServiceCollection().AddGenerationalCache<ShopDb>(static _ => { })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Build(static cache => cache.ConnectTo(" ")));
        Assert.Throws<ArgumentException>(() => Build(static cache => cache.WritePayloadsWith(new Numbers(), " ")));
        Assert.Throws<ArgumentException>(() => Build(static cache => cache.AddLayer<int>(" ", TimeSpan.FromHours(1), TimeSpan.FromHours(1))));
        Assert.Contains(
            "same name", Assert.Throws<ArgumentException>(() => Build(static cache => cache
                .AddLayer<int>("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1)).AddLayer<int>("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Clock_is_the_systems_unless_the_application_has_one()
    {
        using var provider = Build(static _ => { });

        Assert.Same(TimeProvider.System, provider.GetRequiredService<TimeProvider>());
        Assert.NotNull(provider.GetRequiredService<CachePreloading>());
    }

    [Fact]
    public void Payloads_are_written_and_named_as_the_application_says()
    {
        using var plain = Build(static _ => { });
        using var own = Build(static cache => cache.WritePayloadsWith(new Numbers(), "numbers-1"));

        Assert.IsType<Numbers>(own.GetRequiredService<PayloadSerializers>().Of<int>());
        Assert.IsNotType<Numbers>(plain.GetRequiredService<PayloadSerializers>().Of<int>());
        Assert.StartsWith("connect:numbers-1:k@", own.GetRequiredService<KeyComposer>().ComposeAlone("k").Physical, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(Action<GenerationalCacheBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddDbContext<ShopDb>(options => options.UseNpgsql(Database).UseCacheInvalidation());
        services.AddGenerationalCache<ShopDb>(cache => configure(cache.ConnectTo(Database)));
        return services.BuildServiceProvider();
    }

    private sealed class Numbers : IHybridCacheSerializerFactory, IHybridCacheSerializer<int>
    {
        public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
        {
            serializer = this as IHybridCacheSerializer<T>;
            return serializer is not null;
        }

        public int Deserialize(ReadOnlySequence<byte> source) => source.FirstSpan[0];

        public void Serialize(int value, IBufferWriter<byte> target) => target.Write([(byte)value]);
    }
}
