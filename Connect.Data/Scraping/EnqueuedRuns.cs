namespace Connect.Data.Scraping;

/// <summary>Runs that an administrator has asked for, or the reason why there are none.</summary>
/// <param name="RunIds">Their ids, in the order of the agencies; none where they were refused.</param>
/// <param name="Queued">How many of them were queued now; the others were waiting.</param>
/// <param name="Refusal">Why they were refused; null where they were not.</param>
public sealed record EnqueuedRuns(IReadOnlyList<Guid> RunIds, int Queued, string? Refusal = null);
