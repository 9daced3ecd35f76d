using System.Net;
using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Telemetry;

/// <summary>Access to metrics.</summary>
public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData(null, false)]
    public void This_machine_is_let_in_where_nothing_is_configured(string? caller, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed(caller));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("fd00::1", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("127.0.0.1", false)]
    public void Networks_that_are_configured_replace_the_default(string caller, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed(caller, networks: ["10.1.0.0/16", "fd00::/8"]));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-for", "")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    public void Caller_behind_a_proxy_that_is_not_trusted_is_not(string header, string value) =>
        Assert.False(IsAllowed("127.0.0.1", context => context.Request.Headers[header] = value));

    [Fact]
    public void Word_of_a_trusted_proxy_counts_and_of_a_proxy_that_is_not_known_does_not()
    {
        // The header that the middleware leaves after it has accepted an address.
        static void Forward(HttpContext context) => context.Request.Headers["X-Original-For"] = "10.0.0.1:1234";

        Assert.True(IsAllowed("127.0.0.1", Forward));
        Assert.False(IsAllowed("127.0.0.1", Forward, isEveryProxyTrusted: true));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public void Metrics_are_only_read(string method) => Assert.False(IsAllowed("127.0.0.1", context => context.Request.Method = method));

    private static bool IsAllowed(
        string? caller, Action<HttpContext>? arrange = null, bool isEveryProxyTrusted = false, string[]? networks = null)
    {
        var forwarded = new ForwardedHeadersOptions();
        if (isEveryProxyTrusted)
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
        }

        var options = new MetricsOptions();
        foreach (var network in networks ?? [])
        {
            options.AllowedNetworks.Add(network);
        }

        var context = new DefaultHttpContext { Request = { Method = "GET" } };
        context.Connection.RemoteIpAddress = caller is null ? null : IPAddress.Parse(caller);
        arrange?.Invoke(context);
        return new MetricsAccess(Options.Create(options), Options.Create(forwarded)).IsAllowed(context);
    }
}
