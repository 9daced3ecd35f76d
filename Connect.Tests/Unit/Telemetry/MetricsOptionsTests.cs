using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Connect.Tests.Unit.Telemetry;

/// <summary>Valid settings of metrics, and the address that an instance states for its metrics.</summary>
public sealed class MetricsOptionsTests
{
    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("monitoring", false)]
    [InlineData("", false)]
    public void Network_has_an_address_and_a_length(string network, bool isValid) =>
        Assert.Equal(isValid, new MetricsOptionsValidator().Validate(null, new MetricsOptions { AllowedNetworks = { network } }).Succeeded);

    [Theory]
    [InlineData("api-1.internal:8080", true)]
    [InlineData("10.0.0.1:8080", true)]
    [InlineData("[fd00::1]:8080", true)]
    [InlineData("fd00::1:8080", false)]
    [InlineData("api-1.internal", false)]
    [InlineData("api-1.internal:0", false)]
    [InlineData("api-1.internal:65536", false)]
    [InlineData("http://api-1.internal:8080", false)]
    [InlineData(":8080", false)]
    [InlineData("", false)]
    public void Address_is_a_host_and_a_port(string address, bool isValid) =>
        Assert.Equal(isValid, new MetricsOptionsValidator().Validate(null, new MetricsOptions { Address = address }).Succeeded);

    [Fact]
    public void Address_is_no_longer_than_what_a_node_can_tell() =>
        Assert.True(new MetricsOptionsValidator().Validate(null, new MetricsOptions { Address = $"{new string('a', 200)}:80" }).Failed);

    [Theory]
    [InlineData("localhost:5180", "http://localhost:5180")]
    [InlineData("127.0.0.1:5180", "https://127.0.0.1:5443", "http://127.0.0.1:5180", "http://127.0.0.1:5181")]
    [InlineData("[::1]:5180", "http://[::1]:5180")]
    [InlineData("{machine}:8080", "http://[::]:8080")]
    [InlineData("{machine}:8080", "http://0.0.0.0:8080")]
    [InlineData("{machine}:8080", "http://*:8080")]
    [InlineData("{machine}:8080", "http://+:8080")]
    [InlineData(null, "https://localhost:5443")]
    [InlineData(null, "http://unix:/tmp/socket")]
    [InlineData(null)]
    public void Address_is_that_of_the_first_http_listener(string? expected, params string[] bound) =>
        Assert.Equal(
            expected?.Replace("{machine}", Environment.MachineName, StringComparison.Ordinal),
            new MetricsAddress(new Server(bound), configured: null).Find());

    [Fact]
    public void Address_is_the_configured_one_and_is_unknown_before_the_server_listens()
    {
        var server = new Server();
        var address = new MetricsAddress(server, configured: null);

        Assert.Null(address.Find());
        server.Listen("http://localhost:1");
        Assert.Equal("localhost:1", address.Find());
        Assert.Equal("api-1:80", new MetricsAddress(server, "api-1:80").Find());
    }

    private sealed class Server : IServer
    {
        private readonly ServerAddressesFeature _addresses = new();

        public Server(params string[] bound)
        {
            Features.Set<IServerAddressesFeature>(_addresses);
            Array.ForEach(bound, Listen);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Listen(string address) => _addresses.Addresses.Add(address);

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => throw new NotSupportedException();

        public Task StopAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
