namespace Connect.AgencySimulator.Announcements;

/// <summary>All announcements at one moment, newest first. Immutable: a change makes another snapshot.</summary>
internal sealed class BoardSnapshot
{
    private readonly Posting[] _all;
    private readonly List<Posting>[] _lists = [.. Enum.GetValues<Board>().Select(static _ => new List<Posting>())];
    private readonly Dictionary<int, Posting>[] _byId;
    private readonly PhaseLists?[] _phases = new PhaseLists?[Enum.GetValues<Board>().Length];

    public BoardSnapshot(Posting[] all)
    {
        _all = all;
        foreach (var posting in all)
        {
            foreach (var board in BoardsOf(posting.Board))
            {
                _lists[(int)board].Add(posting);
            }
        }

        _byId = [.. _lists.Select(static list => list.ToDictionary(static posting => posting.Id))];
    }

    /// <summary>All announcements, each once.</summary>
    public IReadOnlyList<Posting> All => _all;

    /// <summary>
    /// The boards on which an announcement of a board stands. KIMST takes applications on IRIS: its own list only leads
    /// to the pages there.
    /// </summary>
    public static Board[] BoardsOf(Board board) => board == Board.KIMST ? [Board.KIMST, Board.IRIS] : [board];

    /// <summary>The announcements of one board.</summary>
    public IReadOnlyList<Posting> On(Board board) => _lists[(int)board];

    /// <summary>The announcements of one board whose applications are in a phase at this moment.</summary>
    public IReadOnlyList<Posting> On(Board board, Phase phase, DateTimeOffset now)
    {
        // Requests may make the same lists at once; the last ones are kept.
        ref var kept = ref _phases[(int)board];
        var lists = Volatile.Read(ref kept);
        if (lists?.HoldAt(now) != true)
        {
            lists = new(On(board), now);
            Volatile.Write(ref kept, lists);
        }

        return lists.In(phase);
    }

    /// <summary>The announcement with this id; null where the board has none.</summary>
    public Posting? Find(Board board, int id) => _byId[(int)board].GetValueOrDefault(id);
}
