using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <summary>Configures the cache: its database, its layers and its tiers.</summary>
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

    internal IReadOnlyCollection<(string Family, string Reason)> ForeseenEvictions { get; private set; } = [];

    /// <summary>
    /// The database with the data and its generations. The connection must be direct: through a pooler that shares
    /// sessions, notifications do not arrive.
    /// </summary>
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

    /// <summary>Adds a layer; values without one are kept for an hour, in memory for five minutes.</summary>
    public GenerationalCacheBuilder AddLayer(CacheLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layers.Add(layer);
        return this;
    }

    /// <summary>Adds a layer with values of one type, whose keys begin with its name and a colon.</summary>
    /// <param name="name">Name in metrics and reports, such as <c>product</c>.</param>
    /// <param name="redis">How long a value is kept in the second tier; zero for not at all.</param>
    /// <param name="memory">How long a value is kept in an instance's memory.</param>
    /// <param name="notFoundFor">How long a null is kept; see <see cref="CacheLayer.NotFoundFor"/>.</param>
    public GenerationalCacheBuilder AddLayer<TValue>(string name, TimeSpan redis, TimeSpan memory, TimeSpan? notFoundFor = null) =>
        AddLayer(new CacheLayer(name, $"{name}:", redis, memory) { ValueType = typeof(TValue), NotFoundFor = notFoundFor });

    /// <summary>Replaces the serialization of payloads, which is JSON by reflection.</summary>
    /// <param name="serializers">The serializers; the stock cache writes types that it does not support.</param>
    /// <param name="version">A part of every key; it must change with the shape of any payload.</param>
    public GenerationalCacheBuilder WritePayloadsWith(IHybridCacheSerializerFactory serializers, string version)
    {
        ArgumentNullException.ThrowIfNull(serializers);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        (Serializers, PayloadVersion) = (serializers, version);
        return this;
    }

    /// <summary>
    /// Replaces the inner <see cref="HybridCache"/>, by default the stock one with a memory limit and a guarded Redis.
    /// Whether its answers came from memory or from a second tier is not known then, and counts as memory.
    /// </summary>
    public GenerationalCacheBuilder KeepIn(Func<IServiceProvider, HybridCache> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        return this;
    }

    /// <summary>Declares kinds of evictions, so that their series are exported from the start, at zero.</summary>
    /// <param name="evictions">Families of tags (<c>org</c> for <c>org:7</c>) with the application's reasons.</param>
    public GenerationalCacheBuilder ForeseeEvictions(IReadOnlyCollection<(string Family, string Reason)> evictions)
    {
        ForeseenEvictions = evictions;
        return this;
    }
}
