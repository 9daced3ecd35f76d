using Connect.Data.Instances;
using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Monitoring;

/// <summary>Targets of metrics, in the format of Prometheus' HTTP service discovery.</summary>
/// <param name="Targets">Hosts and ports.</param>
/// <param name="Labels">Labels of their series.</param>
internal sealed record TargetGroup(IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> Labels);

/// <summary>Endpoints for monitoring, besides the API's own metrics.</summary>
internal static class MonitoringEndpoints
{
    // For any method: 405 would reveal that the route exists.
    public static void MapMonitoring(this IEndpointRouteBuilder app) =>
        app.Map("/metrics/targets", FindTargetsAsync).ExcludeFromDescription().ForMonitoring();

    // An error while the database is away, not an empty list: Prometheus keeps its last list then.
    private static async Task<Ok<TargetGroup[]>> FindTargetsAsync(CacheInstances instances, CancellationToken cancellationToken) =>
        TypedResults.Ok((await instances.ReadAddressesAsync(cancellationToken))
            .GroupBy(
                instance => instance.Role,
                (role, found) => new TargetGroup([.. found.Select(instance => instance.Address)], new Dictionary<string, string> { ["role"] = role }))
            .ToArray());
}
