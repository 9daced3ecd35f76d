using Connect.AppHost.Servers.Prometheus;

namespace Connect.Tests.Unit.AppHost;

public sealed class PrometheusConfigurationTests
{
    private const string Shipped = """
        rule_files:
          - rules/alerts.yml
        scrape_configs:
          - job_name: rules/x
            http_sd_configs:
              - url: http://localhost:5180/metrics/targets
            static_configs:
              - targets: [localhost:51800]
            #in-a-container: relabel_configs:
        """;

    [Fact]
    public void Services_and_rules_are_found_where_they_are()
    {
        var rendered = PrometheusConfiguration.Render(Shipped, Path.Combine("/some", "where's it"), new Uri("http://localhost:23456"));

        Assert.Equal(
            Shipped.Replace("localhost:5180/", "localhost:23456/", StringComparison.Ordinal)
                .Replace("- rules/alerts.yml", $"- '{Path.Combine("/some", "where''s it", "rules/alerts.yml")}'", StringComparison.Ordinal),
            rendered);
    }
}
