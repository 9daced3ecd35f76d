using System.Buffers;

namespace Connect.Domain.KoreanText;

/// <summary>Reads the meaning of a date from the words beside it.</summary>
internal static class MomentWords
{
    private const int Near = 8;

    private static readonly string[] OtherMarks = ["공고", "게시", "등록", "시작", "개시"];
    private static readonly string[] EndMarks = ["마감", "종료", "기한", "까지"];
    private static readonly SearchValues<char> Stops = SearchValues.Create(":,;(\n0123456789");

    /// <summary>Whether the date between the index and the cursor is named as an end.</summary>
    public static bool NameEnd(string text, int index, TextCursor cursor) =>
        Before(text, index).ContainsAny(EndMarks) || Behind(cursor).ContainsAny(EndMarks)
        || text.AsSpan(index, cursor.Position - index).ContainsAny("까지");

    /// <summary>Whether it is named as a start or as a date of another kind.</summary>
    public static bool NameOther(string text, int index, TextCursor cursor) =>
        Before(text, index).ContainsAny(OtherMarks) || Behind(cursor).ContainsAny(OtherMarks);

    private static ReadOnlySpan<char> Before(string text, int index)
    {
        var near = text.AsSpan(Math.Max(0, index - Near), Math.Min(Near, index));
        return near[(near.LastIndexOfAny(",;\n") + 1)..];
    }

    // "마감일 :" is the label of the next date.
    private static ReadOnlySpan<char> Behind(TextCursor cursor)
    {
        var near = cursor.Rest(Near);
        var stop = near.IndexOfAny(Stops);
        return stop < 0 ? near : near[stop] == ':' ? default : near[..stop];
    }
}
