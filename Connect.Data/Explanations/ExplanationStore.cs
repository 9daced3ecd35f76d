using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Domain.Matching.Explanations;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>The texts that models wrote. One place knows the table.</summary>
internal sealed class ExplanationStore(PrimaryDatabase truth, TimeProvider time)
{
    private const string FindSql = "select language, model, text, created_at from explanations where input_hash = $1";

    private const string InsertSql = """
        insert into explanations (input_hash, language, model, text, created_at) values ($1, $2, $3, $4, $5)
        on conflict (input_hash) do nothing
        """;

    /// <summary>The text that was written from these inputs; null where there is none yet.</summary>
    public async Task<StoredExplanation?> FindAsync(string inputHash, CancellationToken cancellationToken)
    {
        await using var command = truth.Pooled.CreateCommand(FindSql);
        return await FindAsync(command, inputHash, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a text without its lock: where that was lost with its connection while the model wrote.</summary>
    public async Task InsertAsync(StoredExplanation explanation, CancellationToken cancellationToken)
    {
        await using var command = truth.Pooled.CreateCommand(InsertSql);
        await InsertAsync(command, explanation, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the right to write the text of these inputs; null where somebody else has it for longer than can be waited.</summary>
    /// <param name="inputHash">The inputs.</param>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="hold">How long it can be held before Postgres takes it back.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ExplanationLock?> LockAsync(string inputHash, TimeSpan wait, TimeSpan hold, CancellationToken cancellationToken) =>
        ExplanationLock.TakeAsync(truth.CreateUnpooled("connect-explanations"), inputHash, wait, hold, time, cancellationToken);

    internal static async Task<StoredExplanation?> FindAsync(
        NpgsqlCommand command, string inputHash, TimeProvider time, CancellationToken cancellationToken)
    {
        command.CommandText = FindSql;
        command.Parameters.Add(new() { Value = inputHash });
        var startedAt = time.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new StoredExplanation
            {
                InputHash = inputHash,
                Language = Enum.Parse<ExplanationLanguage>(reader.GetString(0)),
                Model = reader.GetString(1),
                Text = reader.GetString(2),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
            }
            : null;
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
        return found;
    }

    internal static async Task InsertAsync(
        NpgsqlCommand command, StoredExplanation explanation, TimeProvider time, CancellationToken cancellationToken)
    {
        command.CommandText = InsertSql;
        foreach (var value in (ReadOnlySpan<object>)
            [explanation.InputHash, explanation.Language.ToString(), explanation.Model, explanation.Text, explanation.CreatedAt])
        {
            command.Parameters.Add(new() { Value = value });
        }

        var startedAt = time.GetTimestamp();
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        CacheTrace.Current?.AddQuery(time.GetElapsedTime(startedAt));
    }
}
