using System.Globalization;
using Connect.LocalAspire.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Connect.LocalAspire.Proxy;

/// <summary>
/// The public address of a project with several processes. Knows from the engine which of them run, asks
/// them itself whether they answer, and spreads requests, not connections.
/// </summary>
internal sealed class ReplicaProxy : IAsyncDisposable
{
    private const string ClusterId = "replicas";
    private const string LivenessPath = "/alive";

    // Streams may be silent for long; the callers have time-outs of their own.
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private static readonly RouteConfig[] Routes =
    [
        new()
        {
            RouteId = "all",
            ClusterId = ClusterId,
            Match = new RouteMatch { Path = "{**path}" },
            Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
        },
    ];

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<string> _addresses;
    private readonly bool[] _live;
    private readonly WebApplication _app;
    private readonly InMemoryConfigProvider _configuration;

    private ReplicaProxy(int port, IReadOnlyList<string> addresses)
    {
        _addresses = addresses;
        _live = new bool[addresses.Count];
        _configuration = new InMemoryConfigProvider(Routes, [Cluster()]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IActiveHealthCheckPolicy, AnswersPolicy>();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachablePolicy>();
        builder.Services.AddReverseProxy();
        builder.Services.AddSingleton<IProxyConfigProvider>(_configuration);
        _app = builder.Build();
        _app.UseRouting();
        _app.MapReverseProxy(pipeline =>
        {
            pipeline.UseReadRetry();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });
    }

    public static async Task<ReplicaProxy> StartAsync(int port, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var proxy = new ReplicaProxy(port, addresses);
        await proxy._app.StartAsync(cancellationToken).ConfigureAwait(false);
        return proxy;
    }

    /// <summary>Takes a replica in or out at once.</summary>
    public void SetLive(int index, bool isLive)
    {
        lock (_lock)
        {
            if (_live[index] != isLive)
            {
                _live[index] = isLive;
                _configuration.Update(Routes, [Cluster()]);
            }
        }
    }

    /// <summary>Whether a replica that was just started takes requests already.</summary>
    public async Task<bool> AnswersAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await LoopbackHttp.Client
                .GetAsync(new Uri(_addresses[index] + LivenessPath), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return AnswersPolicy.IsAlive(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private ClusterConfig Cluster() => new()
    {
        ClusterId = ClusterId,
        LoadBalancingPolicy = "RoundRobin",
        Destinations = _addresses
            .Select((address, index) => (address, index))
            .Where(item => _live[item.index])
            .ToDictionary(
                item => item.index.ToString(CultureInfo.InvariantCulture), item => new DestinationConfig { Address = item.address }),
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = ActivityTimeout },
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Path = LivenessPath,
                Interval = TimeSpan.FromSeconds(1),
                Timeout = TimeSpan.FromSeconds(3),
                Policy = AnswersPolicy.PolicyName,
            },
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachablePolicy.PolicyName },
        },
    };
}
