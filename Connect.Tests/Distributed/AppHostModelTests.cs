using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Connect.Tests.Distributed;

/// <summary>Reads the model and never builds it: under Aspire building alone raises the start events.</summary>
public sealed class AppHostModelTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_runs_in_two_replicas()
    {
        await using var appHost = await CreateAsync();

        Assert.Equal(2, Resource(appHost, "api").Annotations.OfType<ReplicaAnnotation>().Single().Replicas);
    }

    [Theory]
    [InlineData("api", "connectdb", "postgres", "cache", "scraper-worker")]
    [InlineData("scraper-worker", "connectdb", "postgres", "cache", "agency-simulator")]
    public async Task Project_waits_for_what_it_uses(string project, params string[] dependencies)
    {
        await using var appHost = await CreateAsync();

        var waits = Resource(appHost, project).Annotations.OfType<WaitAnnotation>().ToList();

        Assert.Equal(dependencies.Order(), waits.Select(wait => wait.Resource.Name).Distinct().Order());
        Assert.All(waits, wait => Assert.Equal(WaitType.WaitUntilHealthy, wait.WaitType));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("scraper-worker")]
    [InlineData("agency-simulator")]
    public async Task Project_is_asked_for_its_health(string project)
    {
        await using var appHost = await CreateAsync();

        var check = Assert.Single(Resource(appHost, project).Annotations.OfType<HealthCheckAnnotation>());
        Assert.Equal($"{project}_http_/health_200_check", check.Key);
    }

    [Fact]
    public async Task Only_the_api_is_meant_for_callers_from_outside()
    {
        await using var appHost = await CreateAsync();

        var external = appHost.Resources.OfType<ProjectResource>()
            .Where(project => project.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal));

        Assert.Equal("api", Assert.Single(external).Name);
    }

    [Fact]
    public async Task Admin_password_is_a_secret()
    {
        await using var appHost = await CreateAsync();

        Assert.True(Assert.IsType<ParameterResource>(Resource(appHost, "admin-password")).Secret);
        Assert.False(Assert.IsType<ParameterResource>(Resource(appHost, "admin-email")).Secret);
    }

    [Fact]
    public async Task Cache_has_no_volume()
    {
        await using var appHost = await CreateAsync("--UseVolumes=true");

        Assert.Empty(Resource(appHost, "cache").Annotations.OfType<ContainerMountAnnotation>());
        Assert.Single(Resource(appHost, "postgres").Annotations.OfType<ContainerMountAnnotation>());
    }

    [Fact]
    public async Task Database_has_no_volume_when_volumes_are_off()
    {
        await using var appHost = await CreateAsync("--UseVolumes=false");

        Assert.Empty(Resource(appHost, "postgres").Annotations.OfType<ContainerMountAnnotation>());
    }

    [Fact]
    public async Task Database_lives_on_the_postgres_server()
    {
        await using var appHost = await CreateAsync();

        Assert.Equal("postgres", Assert.IsType<PostgresDatabaseResource>(Resource(appHost, "connectdb")).Parent.Name);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(args, CancellationToken);

    private static IResource Resource(IDistributedApplicationTestingBuilder appHost, string name) =>
        appHost.Resources.Single(resource => resource.Name == name);
}
