using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ReferenceEnvironmentTests
{
    private readonly Dictionary<string, object> _environment = [];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_is_known_by_connection_string_and_parts()
    {
        var redis = new RedisResource("cache", null);
        redis.Endpoint.Allocate(6380);

        await ReferenceEnvironment.AddConnectionAsync(_environment, redis, "cache", CancellationToken);

        Assert.Equal($"localhost:6380,password={redis.Password}", _environment["ConnectionStrings__cache"]);
        Assert.Equal("localhost", _environment["CACHE_HOST"]);
        Assert.Equal("6380", _environment["CACHE_PORT"]);
        Assert.Equal(redis.Password, _environment["CACHE_PASSWORD"]);
        Assert.Equal($"redis://:{redis.Password}@localhost:6380", _environment["CACHE_URI"]);
    }

    [Fact]
    public async Task Database_is_known_by_connection_string_and_parts()
    {
        var server = new PostgresServerResource("postgres", null, null);
        server.Endpoint.Allocate(5433);
        var database = new PostgresDatabaseResource("connectdb", "connectdb", server);

        await ReferenceEnvironment.AddConnectionAsync(_environment, database, "connectdb", CancellationToken);

        Assert.Equal(
            $"Host=localhost;Port=5433;Username=postgres;Password={server.Password};Database=connectdb",
            _environment["ConnectionStrings__connectdb"]);
        Assert.Equal("connectdb", _environment["CONNECTDB_DATABASENAME"]);
        Assert.Equal("jdbc:postgresql://localhost:5433/connectdb", _environment["CONNECTDB_JDBCCONNECTIONSTRING"]);
        Assert.Equal($"postgresql://postgres:{server.Password}@localhost:5433/connectdb", _environment["CONNECTDB_URI"]);
    }

    [Fact]
    public async Task Service_is_known_by_its_endpoints()
    {
        var endpoint = new EndpointAnnotation("http", "http", null);
        endpoint.Allocate(5190);
        var project = new ProjectResource("agency-simulator");
        project.Annotations.Add(endpoint);

        ReferenceEnvironment.AddService(_environment, project);

        var discovered = Assert.IsAssignableFrom<IValueProvider>(_environment["services__agency-simulator__http__0"]);
        Assert.Equal("http://localhost:5190", await discovered.GetValueAsync(CancellationToken));
        Assert.Contains("AGENCY_SIMULATOR_HTTP", _environment.Keys);
    }
}
