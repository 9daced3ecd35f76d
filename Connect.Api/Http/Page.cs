using System.Buffers.Text;
using System.Text;

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
