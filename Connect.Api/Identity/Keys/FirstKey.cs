using Connect.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Api.Identity.Keys;

/// <summary>
/// Has one replica make the first key of Data Protection while the others wait: replicas that start together on an empty
/// database would make one each.
/// </summary>
internal sealed class FirstKey(IServiceScopeFactory scopes, TruthDataSource database, IDataProtectionProvider protection) : IHostedService
{
    private const long Lock = 0x434E4B4559;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        try
        {
            if (await context.DataProtectionKeys.AnyAsync(cancellationToken))
            {
                return;
            }

            // The lock ends with the session.
            await using var session = database.CreateUnpooled("connect-first-key");
            await session.OpenAsync(cancellationToken);
            await using var wait = new NpgsqlCommand("select pg_advisory_lock($1)", session) { Parameters = { new() { Value = Lock } } };
            await wait.ExecuteNonQueryAsync(cancellationToken);
            protection.CreateProtector(nameof(FirstKey)).Protect("");
        }
        catch (Exception exception) when (TruthFailures.IsUnreachable(exception))
        {
            // The first request that needs a key makes one.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
