using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;
using Connect.LocalAspire.Servers;

namespace Connect.Tests.Unit.LocalAspire;

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
        var rendered = PrometheusConfiguration.Render(Shipped, Path.Combine("/some", "where's it"), new Dictionary<int, int> { [5180] = 23456 });

        Assert.Equal(
            Shipped.Replace("localhost:5180/", "localhost:23456/", StringComparison.Ordinal)
                .Replace("- rules/alerts.yml", $"- '{Path.Combine("/some", "where''s it", "rules/alerts.yml")}'", StringComparison.Ordinal),
            rendered);
    }

    [Fact]
    public async Task Ports_are_those_of_the_endpoints_that_the_environment_refers_to()
    {
        var endpoint = new EndpointAnnotation("http", "http", 5180);
        endpoint.Allocate(23456);
        var api = new ProjectResource("api");
        api.Annotations.Add(endpoint);
        var container = new ContainerResource("prometheus");
        container.Annotations.Add(new EnvironmentAnnotation((context, _) =>
        {
            ReferenceEnvironment.AddService(context.EnvironmentVariables, api);
            context.EnvironmentVariables["OTHER"] = "http://localhost:1";
            return ValueTask.CompletedTask;
        }));

        var ports = await PrometheusConfiguration.PortsAsync(container, TestContext.Current.CancellationToken);

        Assert.Equal([(5180, 23456)], ports.Select(port => (port.Key, port.Value)));
    }

    [Fact]
    public void File_is_the_one_in_a_folder_that_is_mounted()
    {
        var folder = Directory.CreateTempSubdirectory("connect-test-").FullName;
        try
        {
            var container = new ContainerResource("prometheus");
            container.Annotations.Add(new ContainerMountAnnotation(folder, "/etc/x", ContainerMountType.BindMount, isReadOnly: true));
            Assert.Null(PrometheusConfiguration.Find(container));

            File.WriteAllText(Path.Combine(folder, PrometheusConfiguration.FileName), "");

            Assert.Equal(Path.Combine(folder, "prometheus.yml"), PrometheusConfiguration.Find(container));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
