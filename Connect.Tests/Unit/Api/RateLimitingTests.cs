using System.Net;
using Connect.Api.RateLimits;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Unit.Api;

public sealed class RateLimitingTests
{
    [Theory]
    [InlineData("203.0.113.7", "address:203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "address:203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "network:2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::", "network:2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::", "network:2001:db8:1:3::")]
    [InlineData("::1", "network:::")]
    public void Caller_has_one_partition_whatever_of_its_addresses_it_uses(string address, string partition)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

        Assert.Equal(partition, RateLimiting.AddressOf(http));
    }

    [Theory]
    [InlineData(-5, "1")]
    [InlineData(0, "1")]
    [InlineData(0.2, "1")]
    [InlineData(1, "1")]
    [InlineData(1.01, "2")]
    [InlineData(3600, "3600")]
    public void Wait_is_named_in_whole_seconds_that_are_enough(double seconds, string header) =>
        Assert.Equal(header, RateLimiting.RetryAfter(TimeSpan.FromSeconds(seconds)));
}
