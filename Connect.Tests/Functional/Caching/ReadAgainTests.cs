using Connect.Caching.Generations;
using Connect.Data;
using Connect.Data.Model;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>Reads of factories on the one connection of their pool, after it became useless.</summary>
public sealed class ReadAgainTests(RunningApplication application)
{
    // Npgsql prepares a statement at its fifth use.
    private const int Uses = 6;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statement_that_was_prepared_before_its_columns_changed_is_read_again()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var services = Create(database);

        await PrepareAsync(services);
        await ChangeAsync(database, "alter table users alter column normalized_email type character varying(200)");
        await using (var other = CreateWithoutStrategy(services))
        {
            var exception = await Assert.ThrowsAnyAsync<Exception>(() => CountNamesAsync(other));
            Assert.Equal(PostgresErrorCodes.FeatureNotSupported, Assert.IsType<PostgresException>(exception.InnerException ?? exception).SqlState);
        }

        await PrepareAsync(services);
        await ChangeAsync(database, "alter table users alter column normalized_email type character varying(256)");
        await using var context = await CreateContextAsync(services);
        Assert.Equal(0, await CountNamesAsync(context));
    }

    [Fact]
    public async Task Connection_that_the_server_has_ended_is_replaced()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var services = Create(database);
        await PrepareAsync(services);
        await using (var administrator = database.CreateContext())
        {
            await administrator.Database.ExecuteSqlRawAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", CancellationToken);
        }

        await using var context = await CreateContextAsync(services);

        Assert.Equal(0, await CountNamesAsync(context));
    }

    private static ServiceProvider Create(TestDatabase database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 }.ConnectionString;
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection([new($"ConnectionStrings:{DataRegistration.ConnectionName}", connection)]).Build());
        services.AddConnectCaching();
        return services.BuildServiceProvider();
    }

    private static Task<FailFastDbContext> CreateContextAsync(ServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<FailFastDbContext>>().CreateDbContextAsync(CancellationToken);

    // The same pool, so the same connection and statements.
    private static ConnectDbContext CreateWithoutStrategy(ServiceProvider services)
    {
        var options = new DbContextOptionsBuilder<ConnectDbContext>();
        ConnectDbContext.Configure(options);
        options.UseNpgsql(services.GetRequiredService<PrimaryDatabase>().Pooled).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        return new ConnectDbContext(options.Options);
    }

    private static async Task PrepareAsync(ServiceProvider services)
    {
        for (var use = 0; use < Uses; use++)
        {
            await using var context = await CreateContextAsync(services);
            await CountNamesAsync(context);
        }
    }

    private static async Task<int> CountNamesAsync(ConnectDbContext context) =>
        (await context.Users.Select(user => user.NormalizedEmail).ToListAsync(CancellationToken)).Count;

    private static async Task ChangeAsync(TestDatabase database, string statement)
    {
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlRawAsync(statement, CancellationToken);
    }
}
