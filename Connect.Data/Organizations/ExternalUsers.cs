using System.Security.Cryptography;
using System.Text;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Hybrid;
using Npgsql;

namespace Connect.Data.Organizations;

/// <summary>
/// Finds the user of an external issuer's subject, or creates one at its first request. Issuer and subject alone
/// identify it: an account with the same e-mail address may belong to another person.
/// </summary>
public sealed class ExternalUsers(HybridCache cache, PrimaryDatabase primary, TimeProvider time)
{
    // Of two first requests of one subject, the second waits for the lock and finds the first one's user. The user name
    // is made of the id, because Identity requires a unique one.
    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended('external-user:' || $1, 0))";

    private const string FindOrCreateSql = """
        with known as (
            select user_id from user_logins where login_provider = $1 and provider_key = $2),
        made as (
            insert into users (
                id, user_name, normalized_user_name, email_confirmed, security_stamp, concurrency_stamp,
                phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            select $3, 'external-' || $3::text, upper('external-' || $3::text), false, $4, $4, false, false, true, 0
            where not exists (select from known)
            returning id),
        login as (
            insert into user_logins (login_provider, provider_key, user_id)
            select $1, $2, id from made
            returning user_id)
        select user_id from known union all select user_id from login
        """;

    /// <summary>The user of a subject whose token has been validated.</summary>
    /// <param name="issuer">The token's <c>iss</c>.</param>
    /// <param name="subject">The token's <c>sub</c>, unique for the issuer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and the subject is not known here.</exception>
    public async ValueTask<Guid> GetUserIdAsync(string issuer, string subject, CancellationToken cancellationToken)
    {
        // A hash, so that neither cache nor logs contain the subject.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")))[..32];
        var user = await cache.GetOrCreateAsync(
            CacheLayers.ExternalUserOf(name), (Reader: this, issuer, subject, name),
            static (state, token) => state.Reader.FindOrCreateAsync(state.issuer, state.subject, state.name, token),
            cancellationToken).ConfigureAwait(false);
        return user.UserId;
    }

    private async ValueTask<ExternalUser> FindOrCreateAsync(string issuer, string subject, string name, CancellationToken cancellationToken)
    {
        // One batch is one transaction.
        await using var batch = primary.Pooled.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql) { Parameters = { new() { Value = name } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FindOrCreateSql)
        {
            Parameters =
            {
                new() { Value = issuer },
                new() { Value = subject },
                new() { Value = Guid.CreateVersion7() },
                new() { Value = Guid.NewGuid().ToString() },
            },
        });
        var startedAt = time.GetTimestamp();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
        return new ExternalUser(reader.GetGuid(0));
    }
}
