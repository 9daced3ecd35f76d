using System.Net;
using Connect.Api.Edge;
using Connect.Operations.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Api;

/// <summary>The proxies whose forwarded headers are accepted.</summary>
public sealed class ForwardedAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "203.0.113.9", "203.0.113.9")]
    [InlineData("192.0.2.7", "203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.4", "203.0.113.9", "198.51.100.4")]
    [InlineData("127.0.0.1", "192.0.2.66, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    public async Task Address_is_the_one_that_the_last_trusted_proxy_saw(string peer, string forwarded, string address)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        http.Request.Headers["X-Forwarded-For"] = forwarded;

        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options()).Invoke(http);

        Assert.Equal(address, http.Connection.RemoteIpAddress!.ToString());
    }

    [Theory]
    [InlineData("10.1.2.3", "connect.example.com", "connect.example.com")]
    [InlineData("10.1.2.3", "evil.example, connect.example.com", "connect.example.com")]
    [InlineData("10.1.2.3", "connect.example.com, evil.example", "inside:8080")]
    [InlineData("10.1.2.3", "evil.example", "inside:8080")]
    [InlineData("10.1.2.3", "connect.example.com/path", "inside:8080")]
    [InlineData("198.51.100.4", "connect.example.com", "inside:8080")]
    public async Task Host_is_the_one_that_a_trusted_proxy_names_and_that_is_allowed(string peer, string forwarded, string host)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        (http.Request.Scheme, http.Request.Host, http.Request.Method) = ("https", new HostString("inside", 8080), HttpMethods.Get);
        http.Request.Headers["X-Forwarded-Host"] = forwarded;
        http.Request.Headers.Origin = "https://connect.example.com";

        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options()).Invoke(http);

        Assert.Equal(host, http.Request.Host.Value);
        Assert.Equal(host == "connect.example.com", SameOrigin.IsOwn(http.Request));
    }

    private static IOptions<ForwardedHeadersOptions> Options()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{EdgeOptions.SectionName}:TrustedProxies:0"] = "10.0.0.0/8",
            [$"{EdgeOptions.SectionName}:TrustedProxies:1"] = "192.0.2.7",
            ["AllowedHosts"] = "connect.example.com;inside",
        });
        builder.AddEdge();
        return builder.Services.BuildServiceProvider().GetRequiredService<IOptions<ForwardedHeadersOptions>>();
    }
}
