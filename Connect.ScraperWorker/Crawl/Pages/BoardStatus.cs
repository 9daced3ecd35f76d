using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Reads a board's status. A program is closed only where its status says that it is over and nothing stronger in it says that it
/// is open: a program that is closed wrongly is lost to users, one that is left open still ends with its deadline.
/// </summary>
internal static class BoardStatus
{
    private const char Becomes = '→';

    // NFKC makes U+119E of the dot U+318D.
    private static readonly char[] Separators =
        ['|', '/', ',', ';', '·', '•', '‧', '․', '・', '\u119E', '\n', '(', ')', '[', ']', '{', '}', '<', '>', '「', '」', '『', '』', '【', '】', '〈', '〉', '《', '》', '〔', '〕'];

    /// <summary>Whether a status says that applications are over, or that the call is withdrawn.</summary>
    /// <remarks>
    /// The text is read clause by clause; brackets, bars, commas, slashes and dots separate clauses. The strongest clause decides,
    /// in the order of <see cref="StatusSays"/>. Behind an arrow stands what the status has become, and nothing else counts.
    /// </remarks>
    public static bool IsClosed(string? status)
    {
        var text = PlainText.ForParsing(status).ToUpperInvariant();
        var rest = text.AsSpan(text.LastIndexOf(Becomes) + 1);
        var says = StatusSays.Nothing;
        while (!rest.IsEmpty)
        {
            var end = EndOfClause(rest);
            says = (StatusSays)Math.Max((int)says, (int)StatusClause.Read(rest[..end]));
            rest = end < rest.Length ? rest[(end + 1)..] : [];
        }

        return says is StatusSays.Over or StatusSays.ApplicationsOver or StatusSays.SurelyOver;
    }

    private static int EndOfClause(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Separators.AsSpan().Contains(text[i]) && !IsInDate(text, i))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool IsInDate(ReadOnlySpan<char> text, int i) =>
        text[i] == '/' && i > 0 && char.IsAsciiDigit(text[i - 1]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
}

/// <summary>What a status says; of several clauses the later member wins.</summary>
internal enum StatusSays
{
    /// <summary>Neither: 재공고, 검토, 대기.</summary>
    Nothing,

    /// <summary>Something is over: 마감, 종료, 공고종료.</summary>
    Over,

    /// <summary>Something is under way, such as the notice or the project: 공고중, 진행중. Applications may be over (접수마감).</summary>
    Open,

    /// <summary>Applications are over: 접수마감, 모집완료, 평가종료.</summary>
    ApplicationsOver,

    /// <summary>An end is named that is not there yet, or a date that the deadline is read from: 마감임박, D-3, ~10.30.</summary>
    EndAhead,

    /// <summary>The end has happened in so many words: 마감됨, 소진으로 마감, 공고취소, 평가중, D+3.</summary>
    SurelyOver,

    /// <summary>Applications are taken: 접수중, 신청가능, 상시모집.</summary>
    ApplicationsOpen,
}
