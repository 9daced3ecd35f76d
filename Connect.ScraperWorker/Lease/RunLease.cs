using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Lease;

/// <summary>
/// A worker's right to carry out a run. The attempt is the fence: who took the run up last may end it, and a worker that
/// has lost its claim without noticing changes nothing any more.
/// </summary>
/// <param name="RunId">The run, in state Running.</param>
/// <param name="Agency">The board's agency.</param>
/// <param name="Attempt">How often it was taken up, this time included.</param>
internal sealed record RunLease(Guid RunId, Agency Agency, int Attempt);

/// <summary>A run that another worker has taken up in the meantime.</summary>
internal sealed class LeaseLostException(Guid runId) : Exception($"Run {runId} belongs to another worker.");
