using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>The reader whose request has an explanation written, charged with its allowance.</summary>
/// <param name="UserId">The signed-in user.</param>
/// <param name="Address">The client's IP address.</param>
public sealed record ExplanationCaller(Guid UserId, string Address);

/// <summary>The caller's allowance is used up.</summary>
/// <param name="caller">The caller.</param>
/// <param name="retryAfter">Time until one more text may be asked for.</param>
public sealed class ExplanationLimitException(ExplanationCaller caller, TimeSpan retryAfter) : Exception("Too many explanations.")
{
    /// <summary>The caller whose allowance is used up; others that waited for the same text may still have theirs.</summary>
    public ExplanationCaller Caller => caller;

    /// <summary>The time until one more may be asked for.</summary>
    public TimeSpan RetryAfter => retryAfter;
}

/// <summary>
/// Limits the texts of each user and each address per hour, over all instances: they cost money. Counted in Postgres,
/// because a restart of Redis would reset the limit. A row holds the moment when its bucket is full again (generic cell
/// rate algorithm), so that nothing needs a reset.
/// </summary>
internal sealed class ExplanationAllowance(PrimaryDatabase primary, IOptions<ExplanationOptions> options, TimeProvider time)
{
    private const string TakeSql = """
        insert into explanation_allowances as a (key, full_at) values ($1, clock_timestamp() + $2)
        on conflict (key) do update set full_at = greatest(a.full_at, clock_timestamp()) + $2
        where greatest(a.full_at, clock_timestamp()) + $2 <= clock_timestamp() + $3
        returning key
        """;

    private const string WaitSql = "select full_at + $2 - $3 - clock_timestamp() from explanation_allowances where key = $1";

    private const string ForgetSql = """
        delete from explanation_allowances where key in (
            select key from explanation_allowances where full_at < clock_timestamp() for update skip locked)
        """;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ExplanationOptions _options = options.Value;

    /// <summary>Takes one from both of the caller's buckets.</summary>
    /// <exception cref="ExplanationLimitException">One of them is empty.</exception>
    public async Task TakeAsync(ExplanationCaller caller, CancellationToken cancellationToken)
    {
        await TakeAsync(caller, $"user:{caller.UserId}", _options.UserCallsPerHour, cancellationToken).ConfigureAwait(false);
        await TakeAsync(caller, $"address:{caller.Address}", _options.AddressCallsPerHour, cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeAsync(ExplanationCaller caller, string key, int perHour, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        await using var batch = primary.Pooled.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetSql));
        foreach (var sql in (ReadOnlySpan<string>)[TakeSql, WaitSql])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters = { new() { Value = key }, new() { Value = Period / perHour }, new() { Value = Period } },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
        if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var wait = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetTimeSpan(0) : TimeSpan.Zero;
        throw new ExplanationLimitException(caller, wait);
    }
}
