using System.Diagnostics;
using OpenTelemetry;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps heartbeats out of traces. A question to a store that nobody's request and no run asked for is one: pings, sweeps,
/// flushes, the scheduler's check-ins. What a request asks that is itself left out goes with it.
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
            // Exporters come after this and take what is recorded.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
