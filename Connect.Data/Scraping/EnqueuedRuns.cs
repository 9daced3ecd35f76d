namespace Connect.Data.Scraping;

/// <summary>Runs that an administrator has queued, or the reason why not.</summary>
/// <param name="RunIds">Their ids; none where they were refused.</param>
/// <param name="Refusal">Why they were refused; null where they were not.</param>
public sealed record EnqueuedRuns(IReadOnlyList<Guid> RunIds, string? Refusal);
