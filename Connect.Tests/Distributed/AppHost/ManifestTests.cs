using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost;
using Connect.AppHost.Servers;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>The published manifest has containers and no program of this machine, whatever is installed here.</summary>
public sealed class ManifestTests(ManifestTests.Published published) : IClassFixture<ManifestTests.Published>
{
    private readonly JsonObject _resources = published.Resources;

    [Fact]
    public void Resources_are_containers_services_and_what_they_need()
    {
        var resources = _resources.Where(resource => !IsDerived(resource.Key)).ToDictionary(resource => resource.Key, resource => Text(resource.Value, "type"));

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["admin-email"] = "parameter.v0",
                ["admin-password"] = "parameter.v0",
                ["api"] = "project.v0",
                ["cache"] = "container.v0",
                ["cache-password"] = "parameter.v0",
                ["connectdb"] = "value.v0",
                ["postgres"] = "container.v0",
                ["postgres-password"] = "parameter.v0",
                ["scraper-worker"] = "project.v0",
            },
            resources);
    }

    [Fact]
    public void Secrets_are_asked_for_and_written_nowhere()
    {
        Assert.All(["admin-password", "cache-password", "postgres-password"], name =>
        {
            Assert.Equal($"{{{name}.inputs.value}}", Text(_resources[name], "value"));
            Assert.True(_resources[name]!["inputs"]!["value"]!["secret"]!.GetValue<bool>());
        });
        Assert.Equal("{admin-password.value}", Text(_resources["api"]!["env"], "Admin__Password"));
    }

    [Theory]
    [InlineData("api", true)]
    [InlineData("scraper-worker", false)]
    public void Service_is_connected_and_only_the_api_is_reached_from_outside(string name, bool isExternal)
    {
        var service = _resources[name]!;

        Assert.Equal("{connectdb.connectionString}", Text(service["env"], "ConnectionStrings__connectdb"));
        Assert.Equal("{cache.connectionString}", Text(service["env"], "ConnectionStrings__cache"));
        Assert.Equal($"{{{name}.bindings.http.targetPort}}", Text(service["env"], "HTTP_PORTS"));
        Assert.All(service["bindings"]!.AsObject(), binding => Assert.Equal(isExternal, binding.Value!["external"]?.GetValue<bool>() ?? false));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("scraper-worker")]
    public void Service_does_not_believe_forwarded_headers_of_everybody(string name) =>
        Assert.False(_resources[name]!["env"]!.AsObject().ContainsKey("ASPNETCORE_FORWARDEDHEADERS_ENABLED"));

    [Fact]
    public void Cache_is_limited_and_keeps_nothing()
    {
        var cache = _resources["cache"]!;

        Assert.EndsWith(" --maxmemory 256mb --maxmemory-policy allkeys-lru", Assert.Single(cache["args"]!.AsArray().Skip(1))!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(cache["volumes"]);
    }

    [Fact]
    public void Data_of_postgres_outlives_its_container() =>
        Assert.Equal("/var/lib/postgresql", Text(Assert.Single(_resources["postgres"]!["volumes"]!.AsArray()), "target"));

    // Made by Aspire from others: an encoded form, a condition.
    private static bool IsDerived(string name) =>
        name.EndsWith("-uri-encoded", StringComparison.Ordinal) || name.StartsWith("cond-", StringComparison.Ordinal);

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    /// <summary>One manifest, written as a publisher writes it.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public JsonObject Resources { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var folder = Directory.CreateTempSubdirectory("connect-test-");
            try
            {
                var file = Path.Combine(folder.FullName, "manifest.json");
                var result = await Cli.Wrap(SystemPrograms.Dotnet)
                    .WithArguments([ServiceProjects.Find(AppContext.BaseDirectory, "Connect.AppHost")!, "--operation", "publish", "--publisher", "manifest", "--output-path", file])
                    .WithValidation(CommandResultValidation.None)
                    .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
                Assert.True(result.ExitCode == 0, result.StandardOutput + result.StandardError);
                Resources = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["resources"]!.AsObject();
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
