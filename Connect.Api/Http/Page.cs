using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

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

    /// <summary>Cuts the extra row that was asked for to know whether there is more.</summary>
    public static Page<T> ToPage<T>(List<T> rows, int limit, Func<T, string> cursorOf)
    {
        if (rows.Count <= limit)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, Encode(cursorOf(rows[^1])));
    }

    /// <summary>Checks a limit; null when it is fine.</summary>
    public static string? Validate(int limit) => limit is >= 1 and <= MaxLimit ? null : $"The limit is 1 to {MaxLimit}.";

    /// <summary>Checks limit and cursor of a list in the order of its ids; null when they are fine.</summary>
    /// <param name="limit">Rows of a page.</param>
    /// <param name="cursor">What the caller sent; null for the first page.</param>
    /// <param name="after">The id that the page comes after; null for the first page.</param>
    public static ValidationProblem? FindProblem(int limit, string? cursor, out Guid? after)
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

    /// <summary>Reads a cursor; false for anything that this API did not write.</summary>
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
