using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Connect.AppHost.Servers.Postgres;
using Connect.AppHost.Servers.Redis;

namespace Connect.Tests.Distributed.AppHost;

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
        await using var appHost = await CreateAsync("--UseVolumes=true", "--Servers=containers");

        Assert.Empty(Resource(appHost, "cache").Annotations.OfType<ContainerMountAnnotation>());
        Assert.Single(Resource(appHost, "postgres").Annotations.OfType<ContainerMountAnnotation>());
    }

    [Fact]
    public async Task Database_has_no_volume_when_volumes_are_off()
    {
        await using var appHost = await CreateAsync("--UseVolumes=false", "--Servers=containers");

        Assert.Empty(Resource(appHost, "postgres").Annotations.OfType<ContainerMountAnnotation>());
    }

    [Theory]
    [InlineData("containers", typeof(PostgresServerResource), typeof(PostgresDatabaseResource), typeof(RedisResource))]
    [InlineData("programs", typeof(PostgresProgramResource), typeof(PostgresProgramDatabaseResource), typeof(RedisProgramResource))]
    public async Task Servers_have_the_same_names_and_connections_whatever_they_run_as(string servers, Type server, Type database, Type cache)
    {
        await using var appHost = await CreateAsync($"--Servers={servers}");

        Assert.IsType(server, Resource(appHost, "postgres"));
        Assert.IsType(cache, Resource(appHost, "cache"));
        var connectdb = Assert.IsAssignableFrom<IResourceWithParent>(Resource(appHost, "connectdb"));
        Assert.IsType(database, connectdb);
        Assert.Equal("postgres", connectdb.Parent.Name);
        Assert.Equal(
            ["DatabaseName", "Host", "JdbcConnectionString", "Password", "Port", "Uri", "Username"], Properties(connectdb));
        Assert.Equal(["Host", "Password", "Port", "Uri"], Properties(Resource(appHost, "cache")));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("connectdb")]
    [InlineData("cache")]
    public async Task Program_is_asked_for_its_health_and_has_an_icon(string name)
    {
        await using var appHost = await CreateAsync("--Servers=programs");

        Assert.Equal($"{name}_check", Assert.Single(Resource(appHost, name).Annotations.OfType<HealthCheckAnnotation>()).Key);
        Assert.Single(Resource(appHost, name).Annotations.OfType<ResourceIconAnnotation>());
    }

    [Fact]
    public async Task Other_word_for_the_servers_is_refused()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync("--Servers=magic"));

        Assert.Contains("it takes 'containers' or 'programs'", problem.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Properties(IResource resource) =>
        Assert.IsAssignableFrom<IResourceWithConnectionString>(resource).GetConnectionProperties().Select(property => property.Key).Order(StringComparer.Ordinal);

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(args, CancellationToken);

    private static IResource Resource(IDistributedApplicationTestingBuilder appHost, string name) =>
        appHost.Resources.Single(resource => resource.Name == name);
}
