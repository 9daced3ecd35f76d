using Connect.Caching.Generations;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Connect.Api.Identity.Keys;

/// <summary>
/// Lets one replica create the first key of Data Protection while the others wait: replicas that start together on an
/// empty database would create one each.
/// </summary>
internal sealed class FirstKey(PrimaryDatabase database, IDataProtectionProvider protection) : IHostedService
{
    private const long Lock = 0x434E4B4559;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var find = database.Pooled.CreateCommand("select exists (select from data_protection_keys)");
            if (await find.ExecuteScalarAsync(cancellationToken) is true)
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
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception)
            || exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            // Without a database, or before the migrations, the first request that needs a key creates one.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
