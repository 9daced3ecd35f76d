using System.Diagnostics;
using Connect.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Connect.Tests.Unit.Telemetry;

/// <summary>Which spans of stores are exported.</summary>
public sealed class HeartbeatFilterTests : IDisposable
{
    private readonly ActivitySource _own = new($"test-{Guid.NewGuid()}");
    private readonly ActivitySource _postgres = new(HeartbeatFilter.PostgresSource);
    private readonly ActivitySource _redis = new(HeartbeatFilter.RedisSource);
    private readonly ActivitySource _left = new($"left-{Guid.NewGuid()}");
    private readonly List<string> _exported = [];
    private readonly TracerProvider _provider;
    private readonly Activity? _outer = Activity.Current;

    public HeartbeatFilterTests()
    {
        Activity.Current = null;
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(_own.Name, _left.Name, _postgres.Name, _redis.Name)
            .AddProcessor(new HeartbeatFilter())
            .AddProcessor(new SimpleActivityExportProcessor(new Exporter(_exported)))
            .Build();
    }

    public void Dispose()
    {
        _provider.Dispose();
        Array.ForEach([_own, _postgres, _redis, _left], source => source.Dispose());
        Activity.Current = _outer;
    }

    [Fact]
    public void Statement_outside_of_a_request_is_left_out()
    {
        var mark = $"{Guid.NewGuid()}";
        _postgres.StartActivity($"{mark} poll", ActivityKind.Client)!.Stop();
        _redis.StartActivity($"{mark} PING", ActivityKind.Client)!.Stop();
        _own.StartActivity($"{mark} run")!.Stop();

        Assert.Equal([$"{mark} run"], Exported(mark));
    }

    [Fact]
    public void Statement_inside_of_a_request_is_exported()
    {
        var mark = $"{Guid.NewGuid()}";
        using (var request = _own.StartActivity($"{mark} request"))
        {
            _postgres.StartActivity($"{mark} select", ActivityKind.Client)!.Stop();

            // Redis' spans are made afterwards, from what was noted of the parent.
            _redis.StartActivity($"{mark} HMGET", ActivityKind.Client, request!.Context)!.Stop();
        }

        Assert.Equal([$"{mark} select", $"{mark} HMGET", $"{mark} request"], Exported(mark));
    }

    [Fact]
    public void Question_goes_with_the_request_that_is_left_out()
    {
        var mark = $"{Guid.NewGuid()}";
        using (var probe = _left.StartActivity($"{mark} probe"))
        {
            // What the instrumentation of requests does with those that its filter leaves out.
            probe!.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            _postgres.StartActivity($"{mark} select", ActivityKind.Client)?.Stop();
        }

        Assert.Empty(Exported(mark));
    }

    // Other tests talk to Postgres meanwhile, and sources are everybody's.
    private List<string> Exported(string mark)
    {
        lock (_exported)
        {
            return [.. _exported.Where(name => name.StartsWith(mark, StringComparison.Ordinal))];
        }
    }

    private sealed class Exporter(List<string> exported) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            lock (exported)
            {
                foreach (var activity in batch)
                {
                    exported.Add(activity.DisplayName);
                }
            }

            return ExportResult.Success;
        }
    }
}
