namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// Announcements by the phase of their applications. It holds until the next period begins or ends, so that a request
/// for one page does not look at all announcements.
/// </summary>
internal sealed class PhaseLists
{
    private readonly List<Posting>[] _lists = [.. Enum.GetValues<Phase>().Select(static _ => new List<Posting>())];
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until = DateTimeOffset.MaxValue;

    public PhaseLists(IReadOnlyList<Posting> all, DateTimeOffset now)
    {
        _from = now;
        foreach (var posting in all)
        {
            _lists[(int)posting.PhaseAt(now)].Add(posting);
            _until = posting.NextPhase(now) is { } next && next < _until ? next : _until;
        }
    }

    /// <summary>The announcements in a phase, in the order of the board.</summary>
    public IReadOnlyList<Posting> In(Phase phase) => _lists[(int)phase];

    /// <summary>Whether no announcement has entered another phase since these lists were made.</summary>
    public bool HoldAt(DateTimeOffset now) => now >= _from && now < _until;
}
