using Connect.Caching.Layers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <summary>What an application tells the cache: its database, its layers, and what it does otherwise than usual.</summary>
public sealed class GenerationalCacheBuilder
{
    private readonly List<CacheLayer> _layers = [];

    internal GenerationalCacheBuilder()
    {
    }

    internal Func<IServiceProvider, string>? ConnectionString { get; private set; }

    internal IReadOnlyList<CacheLayer> Layers => _layers;

    internal IHybridCacheSerializerFactory? Serializers { get; private set; }

    internal string? PayloadVersion { get; private set; }

    internal Func<IServiceProvider, HybridCache>? Inner { get; private set; }

    internal IEnumerable<(string Family, string Reason)> ForeseenEvictions { get; private set; } = [];

    /// <summary>The database that holds the data and its generations, by a direct connection: through a pooler that shares sessions no notification arrives.</summary>
    public GenerationalCacheBuilder ConnectTo(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return ConnectTo(_ => connectionString);
    }

    /// <summary>The same, for a connection string that is only known when the application runs.</summary>
    public GenerationalCacheBuilder ConnectTo(Func<IServiceProvider, string> connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ConnectionString = connectionString;
        return this;
    }

    /// <summary>Adds a kind of values; keys that belong to no layer are kept for an hour, in memory for five minutes.</summary>
    public GenerationalCacheBuilder AddLayer(CacheLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layers.Add(layer);
        return this;
    }

    /// <summary>Adds values of one type, whose keys begin with the name and a colon.</summary>
    /// <param name="name">Name in metrics and reports, such as <c>product</c>.</param>
    /// <param name="redis">How long a value is kept in the second tier; zero for not at all.</param>
    /// <param name="memory">How long a value is kept in a process's memory.</param>
    /// <param name="notFoundFor">How long it is remembered that there is no such thing; see <see cref="CacheLayer.NotFoundFor"/>.</param>
    public GenerationalCacheBuilder AddLayer<TValue>(string name, TimeSpan redis, TimeSpan memory, TimeSpan? notFoundFor = null) =>
        AddLayer(new CacheLayer(name, $"{name}:", redis, memory) { ValueType = typeof(TValue), NotFoundFor = notFoundFor });

    /// <summary>Writes payloads otherwise than as JSON by reflection.</summary>
    /// <param name="serializers">Makes the serializers; types that it does not know are written by the stock cache.</param>
    /// <param name="version">Names the shapes of all payloads: a part of every key, another one where a shape is another.</param>
    public GenerationalCacheBuilder WritePayloadsWith(IHybridCacheSerializerFactory serializers, string version)
    {
        ArgumentNullException.ThrowIfNull(serializers);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        (Serializers, PayloadVersion) = (serializers, version);
        return this;
    }

    /// <summary>
    /// Keeps values in another <see cref="HybridCache"/> than the stock one with a memory limit and a guarded Redis. Whether an
    /// answer came from its memory or its second tier is then not known, and counts as memory.
    /// </summary>
    public GenerationalCacheBuilder KeepIn(Func<IServiceProvider, HybridCache> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        return this;
    }

    /// <summary>Names evictions that will happen, so that their series are exported from the start, at zero.</summary>
    /// <param name="evictions">Families of tags (<c>org</c> for <c>org:7</c>) with the reasons that the application gives.</param>
    public GenerationalCacheBuilder ForeseeEvictions(IEnumerable<(string Family, string Reason)> evictions)
    {
        ForeseenEvictions = evictions;
        return this;
    }
}
