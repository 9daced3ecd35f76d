namespace Connect.Testing.Freshness;

/// <summary>The kind of answer that a read was given.</summary>
internal enum ReadOutcome
{
    Memory,
    Redis,
    Miss,

    /// <summary>The last good answer, marked stale.</summary>
    MarkedStale,

    /// <summary>An answer without <c>X-Cache</c>.</summary>
    Unnamed,

    /// <summary>No answer: an error.</summary>
    Failed,

    /// <summary>No answer: 503.</summary>
    Unavailable,

    /// <summary>An answer without a match.</summary>
    Empty,

    /// <summary>The connection broke.</summary>
    Broken,
}

/// <summary>
/// A read of an organization's matches, from the sending of its request until its answer was complete, in ticks of the
/// monotonic clock, with the word and its program's revision that the answer was computed from.
/// </summary>
internal readonly record struct Read(
    int Instance, int Organization, long StartedAt, long EndedAt, ReadOutcome Outcome, int Word, int Revision);

/// <summary>
/// Compares every answer with the changes of organizations' words and programs' revisions that were acknowledged before
/// its request was sent. The promise says for how many ticks an overruled answer may be given with everything in order.
/// </summary>
internal sealed class FreshnessOracle(
    IReadOnlyList<VersionRegister> organizations, IReadOnlyList<VersionRegister> programs, FaultTimeline timeline, long promise)
{
    private const int MaxExamples = 10;

    private readonly Lock _gate = new();
    private readonly FreshnessVerdict _verdict = new();

    /// <summary>Judges a read. Changes that were acknowledged and windows that were opened before it ended must be registered by now.</summary>
    /// <returns>Whether it was answered as it should be, or was allowed to fail.</returns>
    public bool Judge(in Read read)
    {
        lock (_gate)
        {
            var before = _verdict.Wrong;
            _verdict.Reads++;
            _verdict.ReadsBy[(int)read.Outcome]++;
            switch (read.Outcome)
            {
                case ReadOutcome.Broken or ReadOutcome.Failed or ReadOutcome.Unavailable or ReadOutcome.Empty:
                    JudgeFailure(read);
                    break;
                case ReadOutcome.MarkedStale:
                    _verdict.MarkedWithoutCause += timeline.IsOutage(read.StartedAt, read.EndedAt) ? 0 : 1;
                    break;
                default:
                    JudgeAnswer(read);
                    break;
            }

            return _verdict.Wrong == before;
        }
    }

    /// <summary>Counts a change that was refused, unless Postgres was away or the instance had been ended.</summary>
    public void JudgeFailedChange(int instance, long startedAt, long endedAt)
    {
        lock (_gate)
        {
            _verdict.FailedChanges += timeline.IsOutage(startedAt, endedAt) || timeline.IsLost(instance, startedAt, endedAt) ? 0 : 1;
        }
    }

    public FreshnessVerdict Verdict()
    {
        lock (_gate)
        {
            return _verdict.Copy();
        }
    }

    private void JudgeFailure(in Read read)
    {
        // An answer without a match is never right: every organization has a program of its own.
        if (read.Outcome == ReadOutcome.Empty
            || (!timeline.IsLost(read.Instance, read.StartedAt, read.EndedAt) && !timeline.IsOutage(read.StartedAt, read.EndedAt)))
        {
            _verdict.FailedReads++;
        }
    }

    private void JudgeAnswer(in Read read)
    {
        var byOrganization = organizations[read.Organization].OverruledFor(read.Word, read.StartedAt, read.EndedAt);
        var byProgram = read.Word < programs.Count
            ? programs[read.Word].OverruledFor(read.Revision, read.StartedAt, read.EndedAt)
            : null;
        if (byOrganization is not { } first || byProgram is not { } second)
        {
            _verdict.ImpossibleReads++;
            Remember(read, overruledFor: null);
            return;
        }

        var overruledFor = Math.Max(first, second);
        if (overruledFor == 0)
        {
            return;
        }

        var allowance = timeline.AllowanceAt(read.StartedAt, promise);
        timeline.Observe(read.StartedAt, overruledFor);
        _verdict.OverruledReads++;
        if (overruledFor > allowance)
        {
            _verdict.StaleReads++;
            Remember(read, overruledFor);
        }

        _verdict.WorstStaleness = Math.Max(_verdict.WorstStaleness, overruledFor);
        if (allowance == promise)
        {
            _verdict.WorstStalenessUndisturbed = Math.Max(_verdict.WorstStalenessUndisturbed, overruledFor);
        }
    }

    private void Remember(in Read read, long? overruledFor)
    {
        if (_verdict.Examples.Count < MaxExamples)
        {
            _verdict.Examples.Add((read, overruledFor));
        }
    }
}
