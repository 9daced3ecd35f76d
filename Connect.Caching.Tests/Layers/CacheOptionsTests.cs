using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tests.Layers;

public sealed class CacheOptionsTests
{
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none";

    [Theory]
    [InlineData("PollInterval", "00:00:00")]
    [InlineData("LeaseDuration", "01:00:00")]
    [InlineData("GenerationsTimeoutSeconds", "0")]
    [InlineData("RedisTimeout", "00:01:00")]
    [InlineData("MemoryLimitBytes", "1")]
    [InlineData("MaximumPayloadBytes", "-1")]
    [InlineData("RedisFailuresToBreak", "0")]
    public async Task Number_out_of_range_is_refused_at_start(string name, string value)
    {
        using var host = TestInstance.Build(NoDatabase, settings: new() { [name] = value });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestInstance.Token));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_without_a_database_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddGenerationalCache<ShopDb>(_ => { }));
}
