using Connect.AppHost.Servers.Redis;

namespace Connect.Tests.Unit.AppHost;

public sealed class RedisArgumentsTests
{
    [Fact]
    public void Garnet_gets_its_own_memory_option_and_no_policy() =>
        Assert.Equal(
            ["--memory", "256m"],
            RedisArguments.ForGarnet(["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]));

    [Theory]
    [InlineData("1gb", "1024m")]
    [InlineData("1g", "953m")]
    [InlineData("134217728", "128m")]
    [InlineData("1mb", "64m")]
    public void Memory_is_given_to_garnet_in_megabytes(string redis, string garnet) =>
        Assert.Equal(["--memory", garnet], RedisArguments.ForGarnet(["--maxmemory", redis]));

    [Fact]
    public void Options_that_both_have_are_passed_on() =>
        Assert.Equal(["--lua"], RedisArguments.ForGarnet(["--save", "60 1", "--lua"]));
}
