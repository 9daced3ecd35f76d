using System.Diagnostics.Metrics;
using Connect.Caching.Diagnostics;
using Connect.Data.Caching;

namespace Connect.Tests.Unit.Caching;

/// <summary>The cache's metrics for Connect's layers.</summary>
internal static class CacheMetricsOf
{
    public static CacheMetrics Connect(IMeterFactory meters) => new(meters, new(CacheLayers.All), new(EvictionReasons.Known));
}
