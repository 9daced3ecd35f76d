using Connect.Data.Instances;
using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Monitoring;

/// <summary>Processes to read metrics from, as Prometheus' HTTP service discovery wants them.</summary>
/// <param name="Targets">Hosts and ports.</param>
/// <param name="Labels">What their series are marked with.</param>
internal sealed record TargetGroup(IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> Labels);

/// <summary>What monitoring asks the API for, beside its own metrics.</summary>
internal static class MonitoringEndpoints
{
    // For any method: 405 would tell strangers that it exists.
    public static void MapMonitoring(this IEndpointRouteBuilder app) =>
        app.Map("/metrics/targets", FindTargetsAsync).ExcludeFromDescription().ForMonitoring();

    // While the database is away this is an error and not an empty list: Prometheus goes on with the list that it has.
    private static async Task<Ok<TargetGroup[]>> FindTargetsAsync(CacheInstances nodes, CancellationToken cancellationToken) =>
        TypedResults.Ok((await nodes.ReadAddressesAsync(cancellationToken))
            .GroupBy(
                node => node.Role,
                (role, found) => new TargetGroup([.. found.Select(node => node.Address)], new Dictionary<string, string> { ["role"] = role }))
            .ToArray());
}
