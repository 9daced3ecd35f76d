using System.Diagnostics.Metrics;
using System.Globalization;
using Connect.Data.Diagnostics;

namespace Connect.Api.Audit;

/// <summary>The instruments of administration, on meter <c>Connect.Administration</c>.</summary>
internal sealed class AuditMetrics
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete];
    private static readonly int[] Statuses = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    private readonly SeededCounter _refused;

    public AuditMetrics(IMeterFactory meters) => _refused = new(
        meters.Create(ConnectTelemetry.AdministrationMeter), ConnectTelemetry.Administration.Refused, "{request}",
        "Requests for administrators that were refused to others, by method and status.",
        (ConnectTelemetry.Dimensions.Method, ConnectTelemetry.Dimensions.Status),
        from method in Methods from status in Statuses select (method, NameOf(status)));

    public void Refused(string method, int status) => _refused.Add(method, NameOf(status));

    private static string NameOf(int status) => status.ToString(CultureInfo.InvariantCulture);
}
