using System.Globalization;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;

namespace Connect.Api.Programs;

/// <summary>Cursors of the list of programs: its order and a position in it.</summary>
internal static class ListCursor
{
    /// <summary>The cursor of a position; null for none.</summary>
    public static string? Write(ListPosition? position, ProgramSort sort) => position is null ? null : Paging.Encode(string.Create(
        CultureInfo.InvariantCulture, $"{(int)sort}|{(int)position.Phase}|{position.Place}|{position.Key}|{position.Id}"));

    /// <summary>Reads a cursor; false for any that is none of a list in this order.</summary>
    public static bool TryRead(string cursor, ProgramListQuery list, out ListPosition? position)
    {
        position = null;
        if (!Paging.TryDecode(cursor, out var text) || text.Split('|') is not [var sort, var phase, var place, var keyText, var idText]
            || sort != ((int)list.Sort).ToString(CultureInfo.InvariantCulture)
            || phase is not ([>= '0' and <= '2']) || place is not ([>= '0' and <= '3']) || (place == "0") != (list.Sort != ProgramSort.Relevance)
            || !Guid.TryParseExact(idText, "D", out var id))
        {
            return false;
        }

        long? key = null;
        if (keyText.Length > 0)
        {
            if (!long.TryParse(keyText, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || (list.Sort != ProgramSort.Amount && value > DateTimeOffset.MaxValue.UtcTicks))
            {
                return false;
            }

            key = value;
        }

        position = new((ListPhase)(phase[0] - '0'), place[0] - '0', key, id);
        return true;
    }
}
