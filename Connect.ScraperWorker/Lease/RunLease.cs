using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Lease;

/// <summary>
/// The right to carry out one run. The attempt is its fencing token: only the last attempt may write the run's end, so
/// an instance that has lost its <see cref="BoardLease"/> without noticing changes nothing.
/// </summary>
/// <param name="RunId">The run, in state Running.</param>
/// <param name="Agency">The board's agency.</param>
/// <param name="Attempt">The attempt, from 1.</param>
internal sealed record RunLease(Guid RunId, Agency Agency, int Attempt);

/// <summary>Another instance has taken up the run in the meantime.</summary>
internal sealed class LeaseLostException(Guid runId) : Exception($"Run {runId} belongs to another worker.");
