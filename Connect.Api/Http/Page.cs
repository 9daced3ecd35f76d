using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Limits and cursors of lists.</summary>
internal static class Paging
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <summary>Removes the extra row that was read to know whether there are more.</summary>
    public static Page<T> ToPage<T>(List<T> rows, int limit, Func<T, string> cursorOf)
    {
        if (rows.Count <= limit)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, Encode(cursorOf(rows[^1])));
    }

    /// <summary>The error of a limit; null if it is valid.</summary>
    public static string? Validate(int limit) => limit is >= 1 and <= MaxLimit ? null : $"The limit is 1 to {MaxLimit}.";

    /// <summary>Answers with a page of a list whose rows have version 7 ids, newest first.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="limit">Rows of a page.</param>
    /// <param name="cursor">The request's cursor; null for the first page.</param>
    /// <param name="toItem">Makes an item of a row.</param>
    /// <param name="idOf">The item's id, which is the row's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Results<Ok<Page<TItem>>, ValidationProblem>> NewestFirstAsync<TRow, TItem>(
        IQueryable<TRow> rows, int limit, string? cursor, Converter<TRow, TItem> toItem, Func<TItem, Guid> idOf, CancellationToken cancellationToken)
        where TRow : class
    {
        if (FindProblem(limit, cursor, out var after) is { } invalid)
        {
            return invalid;
        }

        if (after is { } last)
        {
            rows = rows.Where(row => EF.Property<Guid>(row, "Id").CompareTo(last) < 0);
        }

        var page = await rows.AsNoTracking().OrderByDescending(row => EF.Property<Guid>(row, "Id")).Take(limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(ToPage(page.ConvertAll(toItem), limit, item => idOf(item).ToString()));
    }

    // Null if limit and cursor are valid.
    private static ValidationProblem? FindProblem(int limit, string? cursor, out Guid? after)
    {
        after = null;
        if (Validate(limit) is { } limitError)
        {
            return Problems.Invalid("limit", limitError);
        }

        if (cursor is null)
        {
            return null;
        }

        if (!TryDecode(cursor, out var position) || !Guid.TryParse(position, out var id))
        {
            return Problems.Invalid("cursor", "The cursor is not one that this API gave.");
        }

        after = id;
        return null;
    }

    public static string Encode(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>Reads a cursor; false for anything that is no cursor of this API.</summary>
    public static bool TryDecode(string cursor, out string position)
    {
        position = "";
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }
}
