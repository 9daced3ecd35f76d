namespace Connect.Core.Diagnostics;

/// <content>Instruments and their dimensions.</content>
public static partial class ConnectTelemetry
{
    /// <summary>Instruments of <see cref="CacheMeter"/>.</summary>
    public static class Cache
    {
        public const string Requests = "connect.cache.requests";
        public const string HitDuration = "connect.cache.hit.duration";
        public const string ComputeQueries = "connect.cache.compute.queries";
        public const string ComputeDuration = "connect.cache.compute.duration";
        public const string Evictions = "connect.cache.evictions";
        public const string FeedLag = "connect.cache.feed.lag";
        public const string FeedSwept = "connect.cache.feed.swept";
        public const string FeedSweepFailures = "connect.cache.feed.sweep_failures";
        public const string FeedVerified = "connect.cache.feed.verified";
        public const string RedisFailures = "connect.cache.redis.failures";
        public const string RedisOperationDuration = "connect.cache.redis.operation.duration";
        public const string RedisIo = "connect.cache.redis.io";
        public const string RedisBreaker = "connect.cache.redis.breaker";
        public const string MemoryEntries = "connect.cache.memory.entries";
        public const string MemorySize = "connect.cache.memory.size";
        public const string MemoryLimit = "connect.cache.memory.limit";
        public const string PayloadsRefused = "connect.cache.payloads.refused";
        public const string PayloadsUndeserializable = "connect.cache.payloads.undeserializable";
        public const string WarmingOrganizations = "connect.cache.warming.organizations";
        public const string WarmingDuration = "connect.cache.warming.duration";
        public const string WarmingRunning = "connect.cache.warming.running";
    }

    /// <summary>Instruments of <see cref="ScraperMeter"/>.</summary>
    public static class Scraper
    {
        public const string Runs = "connect.scraper.runs";
        public const string SuspiciousRuns = "connect.scraper.suspicious_runs";
        public const string RunDuration = "connect.scraper.run.duration";
        public const string LastSuccess = "connect.scraper.last_success";
        public const string Calls = "connect.scraper.calls";
        public const string Rows = "connect.scraper.rows";
    }

    /// <summary>Instruments of <see cref="ExplanationsMeter"/>.</summary>
    public static class Explanations
    {
        public const string Calls = "connect.explanations.calls";
        public const string CallDuration = "connect.explanations.call.duration";
        public const string Tokens = "connect.explanations.tokens";
        public const string Cost = "connect.explanations.cost";
        public const string Texts = "connect.explanations.texts";
        public const string Fallbacks = "connect.explanations.fallbacks";
        public const string WaitDuration = "connect.explanations.wait.duration";
    }

    /// <summary>Instruments of <see cref="AdministrationMeter"/>.</summary>
    public static class Administration
    {
        public const string Refused = "connect.administration.refused";
    }

    /// <summary>Dimensions: few values each, never a key, an id, an address or a person.</summary>
    public static class Dimensions
    {
        public const string Agency = "agency";
        public const string Direction = "direction";
        public const string ErrorType = "error.type";
        public const string Kind = "kind";
        public const string Layer = "layer";
        public const string Method = "method";
        public const string Operation = "operation";
        public const string Outcome = "outcome";
        public const string Reason = "reason";
        public const string Result = "result";
        public const string Source = "source";
        public const string Status = "status";
        public const string Tag = "tag";
        public const string Trigger = "trigger";
        public const string Type = "type";
    }
}
