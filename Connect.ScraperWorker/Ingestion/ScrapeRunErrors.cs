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

    /// <summary>At most 300 characters.</summary>
    public static string Shorten(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
}
