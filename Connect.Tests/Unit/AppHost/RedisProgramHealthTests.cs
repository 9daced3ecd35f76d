using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Connect.AppHost.Servers.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.Tests.Unit.AppHost;

public sealed class RedisProgramHealthTests
{
    // What the client of Redis takes for a connection by default; a check that waits so long holds up the whole start.
    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Check_answers_soon_when_the_server_listens_and_does_not_answer_yet()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var builder = DistributedApplication.CreateBuilder();
        var redis = builder.AddRedisProgram("cache");
        var endpoint = redis.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port);
        await using var app = builder.Build();
        await builder.Eventing.PublishAsync(new ConnectionStringAvailableEvent(redis.Resource, app.Services), cancellationToken);
        var checks = app.Services.GetRequiredService<HealthCheckService>();
        var startedAt = Stopwatch.GetTimestamp();

        var report = await checks.CheckHealthAsync(check => check.Name == "cache_check", cancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("cache_check", report.Entries.Keys);
        Assert.DoesNotContain("has no address yet", $"{report.Entries["cache_check"].Exception}", StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt), TimeSpan.Zero, DefaultConnectTimeout);
    }
}
