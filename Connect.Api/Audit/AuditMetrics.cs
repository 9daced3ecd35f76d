using System.Diagnostics.Metrics;
using Connect.Core.Diagnostics;

namespace Connect.Api.Audit;

/// <summary>The numbers of administration, on meter <c>Connect.Administration</c>.</summary>
internal sealed class AuditMetrics
{
    private readonly Counter<long> _refused;

    public AuditMetrics(IMeterFactory meters) => _refused = meters.Create(ConnectTelemetry.AdministrationMeter)
        .CreateCounter<long>("connect.administration.refused", "{request}", "Calls for administrators that others were refused, by method and status.");

    public void Refused(string method, int status) =>
        _refused.Add(1, new("method", method), new KeyValuePair<string, object?>("status", status));
}
