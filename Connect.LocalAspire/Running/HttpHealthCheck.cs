using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.LocalAspire.Running;

/// <summary>
/// Healthy when every process behind an address has answered with the expected status, and from then on while one
/// does: a resource is not up before its last replica is, and not down while the proxy has one to lead to.
/// </summary>
internal sealed class HttpHealthCheck(EndpointReference endpoint, string path, int statusCode) : IHealthCheck
{
    private volatile bool _allWere;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var addresses = endpoint.Annotation.ProcessAddresses is { Count: > 0 } processes ? processes : [endpoint.Url];
        var problems = await Task.WhenAll(addresses.Select(address => AskAsync(address, cancellationToken))).ConfigureAwait(false);
        _allWere |= Array.TrueForAll(problems, problem => problem is null);
        var isHealthy = _allWere && Array.Exists(problems, problem => problem is null);
        return isHealthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(Array.Find(problems, problem => problem is not null));
    }

    private async Task<string?> AskAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await LoopbackHttp.Client
                .GetAsync(new Uri(new Uri(address), path), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return (int)response.StatusCode == statusCode ? null : $"{path} answered {(int)response.StatusCode}.";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return $"{path} did not answer.";
        }
    }
}
