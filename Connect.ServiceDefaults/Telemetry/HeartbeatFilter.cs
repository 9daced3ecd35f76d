using System.Diagnostics;
using OpenTelemetry;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>
/// Drops spans of heartbeats: queries to a store outside of a request or a run, such as pings, polls, flushes and the
/// scheduler's check-ins. Queries of a request that is not traced are dropped too.
/// </summary>
internal sealed class HeartbeatFilter : BaseProcessor<Activity>
{
    /// <summary>Source of the spans of Postgres' client.</summary>
    public const string PostgresSource = "Npgsql";

    /// <summary>Source of the spans of Redis' client, where its integration traces.</summary>
    public const string RedisSource = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Source.Name is PostgresSource or RedisSource && (data.ParentSpanId == default || data.Parent is { Recorded: false }))
        {
            // Exporters run after this processor and export recorded spans only.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
