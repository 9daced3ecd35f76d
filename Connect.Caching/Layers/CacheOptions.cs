using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Layers;

/// <summary>Settings of the cache.</summary>
public sealed class CacheOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Cache";

    /// <summary>Direct connection string of the listener and the poller; needed behind PgBouncer. Default: the cache's own.</summary>
    public string? ListenerConnectionString { get; set; }

    /// <summary>Time between two polls. 50 ms to 1 min; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a poll's confirmation lasts, counted from when it was sent. 100 ms to 5 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time-out of one query for generations, and of connecting for it, in whole seconds. 1 to 30; default 1.</summary>
    [Range(1, 30)]
    public int GenerationsTimeoutSeconds { get; set; } = 1;

    /// <summary>Time-out of a factory's query, in whole seconds. 1 to 60; default 1.</summary>
    [Range(1, 60)]
    public int FactoryTimeoutSeconds { get; set; } = 1;

    /// <summary>
    /// Prepared statements of a pooled connection. 0 to 1,000; default 32; 0 behind a pooler without prepared
    /// statements.
    /// </summary>
    [Range(0, 1_000)]
    public int MaxPreparedStatements { get; set; } = 32;

    /// <summary>How long a writer waits for its own notification. 0 to 5 s; default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan OwnNotificationWait { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most tags whose generations an instance keeps. Default 50,000.</summary>
    [Range(100, 10_000_000)]
    public int MaxKnownTags { get; set; } = 50_000;

    /// <summary>Most composed keys that an instance keeps. Default 100,000.</summary>
    [Range(100, 10_000_000)]
    public int MaxComposedKeys { get; set; } = 100_000;

    /// <summary>Most last good values that an instance keeps. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxLastGood { get; set; } = 10_000;

    /// <summary>Longest age of a last good value. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan LastGoodMaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Time-out of one Redis operation. 10 ms to 5 s; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Failures in a row that open the breaker in front of Redis. 1 to 100; default 2.</summary>
    [Range(1, 100)]
    public int RedisFailuresToBreak { get; set; } = 2;

    /// <summary>Time between probes of Redis while the breaker is open. 100 ms to 1 min; default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RedisBreakDuration { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Limit of the values in memory, as serialized bytes. 1 MiB to 64 GiB; default 128 MiB.</summary>
    [Range(1024L * 1024, 64L * 1024 * 1024 * 1024)]
    public long MemoryLimitBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Largest serialized value, in bytes; larger ones are not stored. Default 128 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaximumPayloadBytes { get; set; } = 128 * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>;
