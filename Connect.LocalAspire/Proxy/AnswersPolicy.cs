using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Connect.LocalAspire.Proxy;

/// <summary>A replica is alive when it answers, even if it does not know the liveness address.</summary>
internal sealed class AnswersPolicy(IDestinationHealthUpdater updater) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "Answers";

    private const int FirstServerError = 500;

    public string Name => PolicyName;

    public static bool IsAlive(HttpResponseMessage? response) => response is not null && (int)response.StatusCode < FirstServerError;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) =>
        updater.SetActive(cluster, [.. probingResults.Select(result => new NewActiveDestinationHealth(
            result.Destination, IsAlive(result.Response) ? DestinationHealth.Healthy : DestinationHealth.Unhealthy))]);
}
