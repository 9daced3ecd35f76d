using Connect.Api.Identity;
using Connect.Api.Organizations;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.Api.Startup;

/// <summary>
/// Work before the first request: creates keys, role and administrator, and builds EF Core's model. The process is
/// unhealthy until it is done.
/// </summary>
internal sealed partial class StartupWork(IServiceScopeFactory scopes, CacheState state, TimeProvider time, ILogger<StartupWork> logger)
    : BackgroundService, IHealthCheck
{
    // Replicas may start together: one creates, the others wait and find.
    private const long Lock = 0x434E43415049;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private volatile bool _done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Still starting."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first sync succeeds only after the migrations.
        await state.FirstSync.WaitAsync(stoppingToken);
        while (!_done)
        {
            try
            {
                await DoAsync(stoppingToken);
                _done = true;
            }
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
            {
                Log.DatabaseAway(logger, exception.Message);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var database = services.GetRequiredService<ConnectDbContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        await database.ExecuteSqlAsync($"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            // Reads the key ring, or makes the first key.
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector("startup").Protect([]);
            await services.GetRequiredService<BusinessNumbers>().LoadKeyAsync(cancellationToken);
            await services.GetRequiredService<DevelopmentAdmin>().EnsureAsync();
        }
        finally
        {
            await database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None);
            await database.CloseConnectionAsync();
        }

        // Entity Framework builds its model at the first query of a context.
        await using var reads = await services.GetRequiredService<IDbContextFactory<FailFastDbContext>>().CreateDbContextAsync(cancellationToken);
        await reads.CacheEvictions.AnyAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database cannot be reached yet: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);
    }
}
