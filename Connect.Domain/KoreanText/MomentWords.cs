using System.Buffers;

namespace Connect.Domain.KoreanText;

/// <summary>Reads the meaning of a date from the words beside it.</summary>
internal static class MomentWords
{
    private const int Near = 8;

    private static readonly string[] StartMarks = ["공고", "게시", "등록", "시작", "개시"];
    private static readonly string[] EndMarks = ["마감", "종료", "기한", "까지"];

    // Of dates that stand behind the period of applications.
    private static readonly string[] LaterMarks =
        ["발표", "평가", "선정", "협약", "설명회", "결과", "승인", "심의", "통보", "개최", "기준", "배포", "안내", "공지", "착수", "교부", "심사", "수정", "작성"];

    private static readonly SearchValues<char> Stops = SearchValues.Create(":,;(\n0123456789");

    /// <summary>Whether the date between two places is named as an end.</summary>
    public static bool NameEnd(string text, int start, int end) =>
        Before(text, start).ContainsAny(EndMarks) || Behind(text, end).ContainsAny(EndMarks)
        || text.AsSpan(start, end - start).ContainsAny("까지");

    /// <summary>Whether it is named as a start or as the day of publication.</summary>
    public static bool NameStart(string text, int start, int end) =>
        Before(text, start).ContainsAny(StartMarks) || Behind(text, end).ContainsAny(StartMarks);

    /// <summary>Whether it is named as a day of another kind, which is no part of the period.</summary>
    public static bool NameOther(string text, int start, int end) =>
        Before(text, start).ContainsAny(LaterMarks) || Behind(text, end).ContainsAny(LaterMarks) || NameStart(text, start, end);

    private static ReadOnlySpan<char> Before(string text, int start)
    {
        var near = text.AsSpan(Math.Max(0, start - Near), Math.Min(Near, start));
        return near[(near.LastIndexOfAny(",;\n") + 1)..];
    }

    // "마감일 :" is the label of the next date.
    private static ReadOnlySpan<char> Behind(string text, int end)
    {
        var near = text.AsSpan(end, Math.Min(Near, text.Length - end));
        var stop = near.IndexOfAny(Stops);
        return stop < 0 ? near : near[stop] == ':' ? default : near[..stop];
    }
}
