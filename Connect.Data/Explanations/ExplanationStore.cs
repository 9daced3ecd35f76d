using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Domain.Matching.Explanations;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>The table of models' texts.</summary>
internal sealed class ExplanationStore(PrimaryDatabase primary, TimeProvider time)
{
    private const string FindSql = "select language, model, text, created_at from explanations where input_hash = $1";

    private const string InsertSql = """
        insert into explanations (input_hash, language, model, text, created_at) values ($1, $2, $3, $4, $5)
        on conflict (input_hash) do nothing
        """;

    /// <summary>The text of an input; null if there is none yet.</summary>
    public async Task<StoredExplanation?> FindAsync(string inputHash, CancellationToken cancellationToken)
    {
        await using var command = primary.Pooled.CreateCommand(FindSql);
        return await FindAsync(command, inputHash, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores a text whose lock was lost with its connection while the model wrote.</summary>
    public async Task InsertAsync(StoredExplanation explanation, CancellationToken cancellationToken)
    {
        await using var command = primary.Pooled.CreateCommand(InsertSql);
        await InsertAsync(command, explanation, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the right to write a text; null if another writer holds it for longer than <paramref name="wait"/>.</summary>
    /// <param name="inputHash">Hash of the input.</param>
    /// <param name="wait">Longest wait.</param>
    /// <param name="hold">Time after which Postgres ends the holder's transaction.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ExplanationLock?> LockAsync(string inputHash, TimeSpan wait, TimeSpan hold, CancellationToken cancellationToken) =>
        ExplanationLock.TakeAsync(primary.CreateUnpooled("connect-explanations"), inputHash, wait, hold, time, cancellationToken);

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
