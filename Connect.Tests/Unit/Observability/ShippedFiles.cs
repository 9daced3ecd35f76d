using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Unit.Observability;

/// <summary>The files of <c>deploy/observability</c>.</summary>
internal static class ShippedFiles
{
    public static string Prometheus { get; } = ApprovedDocument.RepositoryFile("deploy/observability/prometheus");

    public static string Dashboard { get; } = ApprovedDocument.RepositoryFile("deploy/observability/grafana/dashboards/connect.json");

    public static string Alerts { get; } = ApprovedDocument.RepositoryFile("docs/alerts.md");

    public static IReadOnlyList<string> Rules { get; } = Directory.GetFiles(Path.Combine(Prometheus, "rules"), "*.yml");

    public static IReadOnlyList<string> RuleTests { get; } = Directory.GetFiles(Path.Combine(Prometheus, "tests"), "*.yml");
}
