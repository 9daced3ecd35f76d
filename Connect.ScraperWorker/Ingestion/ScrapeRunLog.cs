using Connect.Core.Classification;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Sources;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>Writes unreadable rows into a run's log, the first of them in words.</summary>
internal static class ScrapeRunErrors
{
    private const int MaxKept = 20;
    private const int MaxLength = 300;

    public static void Write(ScrapeRun run, IReadOnlyList<RowError> errors)
    {
        run.Failed = errors.Count;
        run.RowErrors = [.. errors.Take(MaxKept).Select(error => $"{error.Row}: {error.Reason}").Select(Shorten)];
    }

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
