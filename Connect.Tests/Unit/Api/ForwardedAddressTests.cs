using System.Net;
using Connect.Api.Edge;
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

    private static IOptions<ForwardedHeadersOptions> Options()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{EdgeOptions.SectionName}:TrustedProxies:0"] = "10.0.0.0/8",
            [$"{EdgeOptions.SectionName}:TrustedProxies:1"] = "192.0.2.7",
        });
        builder.AddEdge();
        return builder.Services.BuildServiceProvider().GetRequiredService<IOptions<ForwardedHeadersOptions>>();
    }
}
