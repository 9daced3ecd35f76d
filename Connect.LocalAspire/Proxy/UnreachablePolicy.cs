using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Connect.LocalAspire.Proxy;

/// <summary>A replica that could not be reached gets no requests for a moment; the active check takes over from there.</summary>
internal sealed class UnreachablePolicy(IDestinationHealthUpdater updater) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Unreachable";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.Features.Get<IForwarderErrorFeature>()?.Error is ForwarderError.Request or ForwarderError.RequestTimedOut
            && !context.RequestAborted.IsCancellationRequested)
        {
            updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, Pause);
        }
    }
}
