using System.Diagnostics;

namespace Connect.Caching.Diagnostics;

/// <summary>Names of the cache's telemetry.</summary>
public static class CacheTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Connect.Cache";

    /// <summary>Name of the source of spans.</summary>
    public const string SourceName = "Connect.Cache";

    /// <summary>Span: a value is computed because no tier has it.</summary>
    internal const string ComputeActivity = "cache compute";

    /// <summary>Attribute of the span: the layer that is computed.</summary>
    internal const string LayerAttribute = "connect.cache.layer";

    /// <summary>The source itself.</summary>
    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Names of the instruments.</summary>
    internal static class Instruments
    {
        public const string Requests = "connect.cache.requests";
        public const string HitDuration = "connect.cache.hit.duration";
        public const string ComputeQueries = "connect.cache.compute.queries";
        public const string ComputeDuration = "connect.cache.compute.duration";
        public const string Evictions = "connect.cache.evictions";
        public const string ListenerLag = "connect.cache.feed.lag";
        public const string Polled = "connect.cache.feed.swept";
        public const string PollFailures = "connect.cache.feed.sweep_failures";
        public const string Verified = "connect.cache.feed.verified";
        public const string RedisFailures = "connect.cache.redis.failures";
        public const string RedisOperationDuration = "connect.cache.redis.operation.duration";
        public const string RedisIo = "connect.cache.redis.io";
        public const string RedisBreaker = "connect.cache.redis.breaker";
        public const string MemoryEntries = "connect.cache.memory.entries";
        public const string MemorySize = "connect.cache.memory.size";
        public const string MemoryLimit = "connect.cache.memory.limit";
        public const string PayloadsRefused = "connect.cache.payloads.refused";
        public const string PayloadsUndeserializable = "connect.cache.payloads.undeserializable";
    }

    /// <summary>Dimensions: few values each, never a key, an id or an address.</summary>
    internal static class Dimensions
    {
        public const string Direction = "direction";
        public const string ErrorType = "error.type";
        public const string Kind = "kind";
        public const string Layer = "layer";
        public const string Operation = "operation";
        public const string Outcome = "outcome";
        public const string Reason = "reason";
        public const string Result = "result";
        public const string Tag = "tag";
        public const string Type = "type";
    }
}
