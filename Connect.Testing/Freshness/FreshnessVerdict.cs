namespace Connect.Testing.Freshness;

/// <summary>The findings of the oracle. Times are in ticks of the monotonic clock.</summary>
internal sealed class FreshnessVerdict
{
    public long Reads { get; set; }

    /// <summary>By <see cref="ReadOutcome"/>.</summary>
    public long[] ReadsBy { get; private set; } = new long[Enum.GetValues<ReadOutcome>().Length];

    /// <summary>Answers that had been overruled for longer than was promised at that time.</summary>
    public long StaleReads { get; set; }

    /// <summary>Answers that had been overruled when their request was sent, within the promise or not.</summary>
    public long OverruledReads { get; set; }

    /// <summary>Answers that were never true: a change that did not happen, or had not been asked for yet.</summary>
    public long ImpossibleReads { get; set; }

    /// <summary>Reads without an answer although Postgres and the instance were up.</summary>
    public long FailedReads { get; set; }

    /// <summary>Changes refused although Postgres and the instance were up.</summary>
    public long FailedChanges { get; set; }

    /// <summary>Answers marked stale although Postgres was up.</summary>
    public long MarkedWithoutCause { get; set; }

    /// <summary>Reads that broke a promise.</summary>
    public long Wrong => StaleReads + ImpossibleReads + FailedReads + MarkedWithoutCause;

    public long WorstStaleness { get; set; }

    /// <summary>The worst staleness while the usual promise held.</summary>
    public long WorstStalenessUndisturbed { get; set; }

    /// <summary>The first answers that broke the promise, with how long they had been overruled; null for never true.</summary>
    public List<(Read Read, long? OverruledFor)> Examples { get; private set; } = [];

    /// <summary>Reads that were answered.</summary>
    public long Answered => Enumerable.Range(0, (int)ReadOutcome.Failed).Sum(outcome => ReadsBy[outcome]);

    /// <summary>Whether any answer broke the promise.</summary>
    public bool HasStale => StaleReads > 0 || ImpossibleReads > 0;

    public FreshnessVerdict Copy()
    {
        var copy = (FreshnessVerdict)MemberwiseClone();
        copy.ReadsBy = [.. ReadsBy];
        copy.Examples = [.. Examples];
        return copy;
    }
}
