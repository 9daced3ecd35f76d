namespace Connect.Benchmarks.Scale;

/// <summary>The figures of one size.</summary>
internal sealed record PointFigures(ScalePoint Point)
{
    /// <summary>Reading all programs into an empty database: from the run's start to its COMMIT.</summary>
    public double ScrapeSeconds { get; init; }

    /// <summary>The most memory that the worker held until then.</summary>
    public double ScrapeMebibytes { get; init; }

    /// <summary>Reading them again, one in a hundred changed.</summary>
    public double RescrapeSeconds { get; init; }

    /// <summary>From the COMMIT that evicts every ranking until all are in Redis again.</summary>
    public double WarmSeconds { get; init; }

    /// <summary>The most memory that the worker held until then.</summary>
    public double WorkerMebibytes { get; init; }

    /// <summary>The first request after an eviction: it reads the programs and ranks.</summary>
    public double FirstMissMilliseconds { get; init; }

    /// <summary>Another organization's first request after it: it ranks.</summary>
    public double NextMissMilliseconds { get; init; }

    /// <summary>An organization's first request on a process, its ranking in Redis.</summary>
    public double FirstRedisMilliseconds { get; init; }

    /// <summary>A process's very first request for a ranking, nothing cached.</summary>
    public double ProcessMissMilliseconds { get; init; }

    /// <summary>A process's very first request for a ranking, which is in Redis.</summary>
    public double ProcessRedisMilliseconds { get; init; }

    /// <summary>The median of requests answered from memory.</summary>
    public double SteadyMicroseconds { get; init; }

    public double SteadyP99Microseconds { get; init; }

    /// <summary>Resident memory of the API in the end.</summary>
    public double ApiMebibytes { get; init; }

    public double ApiPeakMebibytes { get; init; }

    /// <summary>Memory that Redis reports at the end.</summary>
    public double RedisMebibytes { get; init; }

    /// <summary>From the changed scrape's start until every ranking is in Redis again.</summary>
    public double ScrapeToWarmSeconds => RescrapeSeconds + WarmSeconds;

    /// <summary>All figures with their names.</summary>
    public IEnumerable<(string Name, double Value)> Named =>
    [
        ("scrape_s", ScrapeSeconds), ("scrape_mib", ScrapeMebibytes), ("rescrape_s", RescrapeSeconds), ("warm_s", WarmSeconds),
        ("scrape_to_warm_s", ScrapeToWarmSeconds), ("worker_mib", WorkerMebibytes), ("first_miss_ms", FirstMissMilliseconds),
        ("next_miss_ms", NextMissMilliseconds), ("first_redis_ms", FirstRedisMilliseconds), ("process_miss_ms", ProcessMissMilliseconds),
        ("process_redis_ms", ProcessRedisMilliseconds), ("steady_us", SteadyMicroseconds), ("steady_p99_us", SteadyP99Microseconds),
        ("api_mib", ApiMebibytes), ("api_peak_mib", ApiPeakMebibytes), ("redis_mib", RedisMebibytes),
    ];
}
