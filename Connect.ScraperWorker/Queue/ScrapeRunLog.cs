using Connect.Data.Model;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Crawl;

namespace Connect.ScraperWorker.Queue;

/// <summary>Writes what a run has read into its log: counts, and the first unreadable rows in words.</summary>
internal static class ScrapeRunLog
{
    private const int MaxLength = 300;

    public static void Write(ScrapeRun run, ScrapeProgress progress)
    {
        run.Found = progress.Found;
        run.NotModified = progress.NotModified;
        run.Failed = progress.Failed;
        run.RowErrors = Words(progress);
    }

    /// <summary>The unreadable rows, as <c>row: reason</c>.</summary>
    public static List<string> Words(ScrapeProgress progress) =>
        [.. progress.Errors.Select(error => Shorten($"{error.Row}: {error.Reason}"))];

    /// <summary>
    /// At most 300 characters that can be stored: a message may quote what a board sent, and a reason that the
    /// database refuses would leave its run without an end.
    /// </summary>
    public static string Shorten(string text)
    {
        var cleaned = PlainText.Clean(text);
        if (cleaned.Length <= MaxLength)
        {
            return cleaned;
        }

        var length = char.IsHighSurrogate(cleaned[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(cleaned.AsSpan(0, length), "…");
    }
}
