using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>Commands and watchers in the model, which is read and never built.</summary>
public sealed class AppHostObservabilityTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("scraper-worker", "evict", "scrape", "warm")]
    [InlineData("agency-simulator", "advance", "break", "mend")]
    public async Task Commands_are_described_and_stand_on_resources_of_one_instance(string resource, params string[] names)
    {
        await using var appHost = await CreateAsync();

        var commands = Resource(appHost, resource).Annotations.OfType<ResourceCommandAnnotation>()
            .Where(command => names.Contains(command.Name)).ToList();

        Assert.Equal(names, commands.Select(command => command.Name).Order(StringComparer.Ordinal));
        Assert.All(commands, command => Assert.All([command.DisplayDescription, command.IconName], text => Assert.NotEmpty(text!)));
        Assert.Empty(Resource(appHost, resource).Annotations.OfType<ReplicaAnnotation>());
    }

    [Fact]
    public async Task Only_what_costs_something_asks_first()
    {
        await using var appHost = await CreateAsync();

        var asks = Resource(appHost, "scraper-worker").Annotations.OfType<ResourceCommandAnnotation>()
            .Where(command => command.ConfirmationMessage is not null);

        Assert.Equal("evict", Assert.Single(asks).Name);
    }

    [Fact]
    public async Task Prometheus_and_grafana_watch_and_nothing_waits_for_them()
    {
        await using var appHost = await CreateAsync();
        var watchers = Watchers(appHost);

        Assert.Equal(["grafana/grafana", "prom/prometheus"], watchers.Select(ImageOf).Order());
        Assert.Contains(
            Resource(appHost, "prometheus").Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == "api");
        Assert.All(
            appHost.Resources.Except(watchers),
            resource => Assert.DoesNotContain(resource.Annotations.OfType<WaitAnnotation>(), wait => watchers.Contains(wait.Resource)));
    }

    [Fact]
    public async Task They_read_what_is_shipped_and_cannot_change_it()
    {
        await using var appHost = await CreateAsync();

        var mounts = Watchers(appHost).SelectMany(watcher => watcher.Annotations.OfType<ContainerMountAnnotation>()).ToList();

        Assert.Equal(3, mounts.Count);
        Assert.All(mounts, mount =>
        {
            Assert.Equal(ContainerMountType.BindMount, mount.Type);
            Assert.True(mount.IsReadOnly);
            Assert.True(Directory.Exists(mount.Source), mount.Source);
        });
    }

    [Fact]
    public async Task They_take_any_free_port()
    {
        await using var appHost = await CreateAsync();

        var endpoints = Watchers(appHost).SelectMany(watcher => watcher.Annotations.OfType<EndpointAnnotation>()).ToList();

        Assert.Equal([3000, 9090], endpoints.Select(endpoint => endpoint.TargetPort!.Value).Order());
        Assert.All(endpoints, endpoint => Assert.Null(endpoint.Port));
    }

    [Fact]
    public async Task They_are_not_there_when_observability_is_off()
    {
        await using var appHost = await CreateAsync("--Observability=false");

        Assert.Empty(Watchers(appHost));
    }

    private static List<ContainerResource> Watchers(IDistributedApplicationTestingBuilder appHost) =>
        [.. appHost.Resources.OfType<ContainerResource>().Where(container => container.Name is "prometheus" or "grafana")];

    private static string ImageOf(ContainerResource container) =>
        container.Annotations.OfType<ContainerImageAnnotation>().Single().Image;

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(["--Servers=containers", .. args], CancellationToken);

    private static IResource Resource(IDistributedApplicationTestingBuilder appHost, string name) =>
        appHost.Resources.Single(resource => resource.Name == name);
}
