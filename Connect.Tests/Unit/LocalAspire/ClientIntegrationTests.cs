using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ClientIntegrationTests
{
    [Fact]
    public void Health_check_is_named_after_the_context()
    {
        var builder = NewBuilder();
        builder.AddNpgsqlDbContext<SampleContext>("connectdb");

        Assert.Equal([nameof(SampleContext)], HealthChecks(builder));
    }

    [Fact]
    public void Redis_check_is_registered_once_when_two_clients_are_added()
    {
        var builder = NewBuilder();
        builder.AddRedisClient("cache");
        builder.AddRedisDistributedCache("cache");

        Assert.Equal(["StackExchange.Redis"], HealthChecks(builder));
    }

    [Fact]
    public void Health_checks_can_be_turned_off()
    {
        var builder = NewBuilder();
        builder.AddNpgsqlDbContext<SampleContext>("connectdb", settings => settings.DisableHealthChecks = true);
        builder.AddRedisDistributedCache("cache", settings => settings.DisableHealthChecks = true);

        Assert.Empty(HealthChecks(builder));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:DisableRetry", false)]
    [InlineData("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:SampleContext:DisableRetry", false)]
    public void Commands_are_retried_unless_configuration_says_otherwise(string setting, bool retries)
    {
        var builder = NewBuilder();
        builder.Configuration[setting] = "true";
        builder.AddNpgsqlDbContext<SampleContext>("connectdb");
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();

        var strategy = scope.ServiceProvider.GetRequiredService<SampleContext>().Database.CreateExecutionStrategy();

        Assert.Equal(retries, strategy.RetriesOnFailure);
    }

    [Fact]
    public void Command_timeout_is_taken_from_the_settings()
    {
        var builder = NewBuilder();
        builder.AddNpgsqlDbContext<SampleContext>("connectdb", settings => settings.CommandTimeout = 7);
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();

        Assert.Equal(7, scope.ServiceProvider.GetRequiredService<SampleContext>().Database.GetCommandTimeout());
    }

    [Fact]
    public void Missing_connection_string_is_an_error_at_first_use_only()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddNpgsqlDbContext<SampleContext>("connectdb");
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();

        Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<SampleContext>());
    }

    [Fact]
    public void Distributed_cache_shares_the_connection()
    {
        var builder = NewBuilder();
        builder.AddRedisDistributedCache("cache");
        using var services = builder.Services.BuildServiceProvider();

        Assert.IsAssignableFrom<RedisCache>(services.GetRequiredService<IDistributedCache>());
        Assert.NotNull(services.GetRequiredService<IOptions<RedisCacheOptions>>().Value.ConnectionMultiplexerFactory);
    }

    private static HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:connectdb", "Host=localhost;Port=1;Database=connectdb"),
            new("ConnectionStrings:cache", "localhost:1"),
        ]);
        return builder;
    }

    private static IEnumerable<string> HealthChecks(HostApplicationBuilder builder)
    {
        using var services = builder.Services.BuildServiceProvider();
        return [.. services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name)];
    }

    private sealed class SampleContext(DbContextOptions<SampleContext> options) : DbContext(options);
}
