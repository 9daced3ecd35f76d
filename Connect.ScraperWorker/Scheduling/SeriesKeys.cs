using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>Computes the series keys of stored programs. Instances share the rows.</summary>
internal static class SeriesKeys
{
    /// <summary>Programs of one transaction.</summary>
    public const int Batch = 500;

    // Longer than a rolling deployment, in which an older release changes titles and leaves the keys.
    private static readonly TimeSpan ChangedWithin = TimeSpan.FromDays(7);

    /// <summary>Computes the keys of programs without one of the present rules.</summary>
    /// <returns>The number of programs.</returns>
    public static async Task<int> FillBatchAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        // Only the columns that a key is computed from: the others are wide.
        var rows = await context.Database.SqlQuery<SeriesRow>(
            $"""
            select id, title, ministry, agency, announcing_agency, series_key from programs
            where series_key is null or not starts_with(series_key, {SeriesKey.Prefix})
            order by id limit {Batch} for update skip locked
            """).ToListAsync(cancellationToken);
        await WriteAsync(context, rows, cancellationToken);
        return rows.Count;
    }

    /// <summary>Computes again the keys of programs that have changed lately, and writes those that differ.</summary>
    /// <returns>The number of programs whose key differs.</returns>
    public static async Task<int> RenewChangedAsync(ConnectDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<SeriesRow> stale = [];
        var rows = context.Database.SqlQuery<SeriesRow>(
            $"""
            select id, title, ministry, agency, announcing_agency, series_key from programs
            where updated_at >= {now - ChangedWithin} and updated_at > created_at and starts_with(series_key, {SeriesKey.Prefix})
            """).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (row.Key() != row.SeriesKey)
            {
                stale.Add(row);
            }
        }

        // The condition keeps a newer title's key that a run has written meanwhile.
        return await WriteAsync(context, stale, cancellationToken);
    }

    private static Task<int> WriteAsync(ConnectDbContext context, List<SeriesRow> rows, CancellationToken cancellationToken) => rows.Count == 0
        ? Task.FromResult(0)
        : context.Database.ExecuteSqlAsync(
            $"""
            update programs p set series_key = v.key
            from unnest({rows.Select(row => row.Id).ToArray()}, {rows.Select(row => row.Key()).ToArray()}, {rows.Select(row => row.Title).ToArray()}) v(id, key, title)
            where p.id = v.id and p.title = v.title
            """,
            cancellationToken);

    private sealed record SeriesRow(Guid Id, string Title, string? Ministry, string Agency, string? AnnouncingAgency, string? SeriesKey)
    {
        public string Key() => Domain.Series.SeriesKey.Of(Title, Ministry, Enum.Parse<Agency>(Agency), AnnouncingAgency);
    }
}
