using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Domain.Programs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>The most that a call of the model may use, taken from the day's budget before the call.</summary>
/// <param name="Day">The day in Seoul that is charged, even if the answer comes after midnight.</param>
/// <param name="Tokens">Input and output.</param>
/// <param name="CostMicroKrw">Their price, in millionths of a KRW.</param>
internal sealed record BudgetReservation(DateOnly Day, long Tokens, long CostMicroKrw);

/// <summary>
/// The daily budget of all instances, one row a day. A call of the model first reserves the most that it can use, in
/// one statement, so that concurrent calls cannot overdraw the day; then it is settled with the tokens that it used.
/// The reservation of a process that died in between counts as used for that day.
/// </summary>
internal sealed class ExplanationBudget(PrimaryDatabase primary, IOptions<ExplanationOptions> options, TimeProvider time)
{
    private const string ReserveSql = """
        insert into explanation_budget_days as d (day, tokens, cost_micro_krw)
        select $1, $2, $3 where $2 <= $4 and $3 <= $5
        on conflict (day) do update set tokens = d.tokens + excluded.tokens, cost_micro_krw = d.cost_micro_krw + excluded.cost_micro_krw
        where d.tokens + excluded.tokens <= $4 and d.cost_micro_krw + excluded.cost_micro_krw <= $5
        """;

    private const string SettleSql =
        "update explanation_budget_days set tokens = tokens + $2, cost_micro_krw = cost_micro_krw + $3 where day = $1";

    private const string LogSql = """
        insert into explanation_calls (id, called_at, model, language, outcome, input_tokens, output_tokens, cost_micro_krw, duration_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private readonly ExplanationOptions _options = options.Value;

    /// <summary>Reserves the most that a call can use; null where the day has less than that left.</summary>
    public async Task<BudgetReservation?> TryReserveAsync(long inputTokens, long outputTokens, CancellationToken cancellationToken)
    {
        var reservation = new BudgetReservation(
            SeoulTime.DateOf(time.GetUtcNow()), inputTokens + outputTokens, _options.CostOf(inputTokens, outputTokens));
        var maxCost = _options.DailyBudgetKrw is { } krw ? krw * ExplanationOptions.MicroPerKrw : long.MaxValue / 2;
        await using var command = primary.Pooled.CreateCommand(ReserveSql);
        foreach (var value in (ReadOnlySpan<object>)
            [reservation.Day, reservation.Tokens, reservation.CostMicroKrw, _options.DailyTokenBudget, maxCost])
        {
            command.Parameters.Add(new() { Value = value });
        }

        var startedAt = time.GetTimestamp();
        var rows = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
        return rows == 1 ? reservation : null;
    }

    /// <summary>Replaces the reservation by the call's use, and logs the call.</summary>
    /// <param name="reservation">The reservation to replace.</param>
    /// <param name="tokens">Tokens to charge.</param>
    /// <param name="call">The call, with its cost.</param>
    /// <param name="cancellationToken">Cancels the statement; then the reservation stays.</param>
    public async Task SettleAsync(BudgetReservation reservation, long tokens, ExplanationCall call, CancellationToken cancellationToken)
    {
        await using var batch = primary.Pooled.CreateBatch();
        Add(batch, SettleSql, reservation.Day, tokens - reservation.Tokens, call.CostMicroKrw - reservation.CostMicroKrw);
        Add(batch, LogSql, call.Id, call.CalledAt, call.Model, call.Language.ToString(), call.Outcome.ToString(),
            (object?)call.InputTokens ?? DBNull.Value, (object?)call.OutputTokens ?? DBNull.Value, call.CostMicroKrw, call.DurationMs);
        var startedAt = time.GetTimestamp();
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull
                ? new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }
                : new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
    }
}
