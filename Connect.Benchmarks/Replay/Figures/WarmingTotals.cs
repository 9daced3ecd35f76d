using Connect.Testing.Servers;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>Totals of the week's warmings.</summary>
/// <param name="Completed">Warmings.</param>
/// <param name="Failed">Those that did not complete.</param>
/// <param name="Rankings">Rankings that they computed.</param>
/// <param name="Queries">Commands that they sent, the storing of rankings included.</param>
internal sealed record WarmingTotals(long Completed, long Failed, long Rankings, long Queries)
{
    /// <summary>Reads the warmings' own records.</summary>
    public static async Task<WarmingTotals> ReadAsync(CheckedPostgres postgres)
    {
        await using var command = postgres.Driver.CreateCommand(
            """
            select count(*) filter (where status = 'Completed'), count(*) filter (where status in ('Failed', 'Cancelled') or failed > 0),
                coalesce(sum(warmed), 0)::bigint, coalesce(sum(queries), 0)::bigint
            from cache_warmings
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }
}
