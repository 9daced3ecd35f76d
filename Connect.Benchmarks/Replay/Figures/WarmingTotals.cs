namespace Connect.Benchmarks.Replay.Figures;

/// <summary>What the week's warmings report of themselves; their queries include the storing of rankings.</summary>
internal sealed record WarmingTotals(long Completed, long Failed, long Rankings, long Queries)
{
    public static async Task<WarmingTotals> ReadAsync(CheckedPostgres postgres) => (await postgres.QueryAsync(
        """
        select count(*) filter (where status = 'Completed'), count(*) filter (where status in ('Failed', 'Cancelled') or failed > 0),
            coalesce(sum(warmed), 0)::bigint, coalesce(sum(queries), 0)::bigint
        from cache_warmings
        """,
        row => new WarmingTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))).Single();
}
