namespace Connect.AgencySimulator.Announcements;

/// <summary>All announcements at one moment, newest first. Immutable: a change makes another snapshot.</summary>
internal sealed class BoardSnapshot
{
    private readonly Posting[] _all;
    private readonly List<Posting>[] _lists = [.. Enum.GetValues<Board>().Select(static _ => new List<Posting>())];
    private readonly Dictionary<int, Posting>[] _byId;

    public BoardSnapshot(Posting[] all)
    {
        _all = all;
        foreach (var posting in all)
        {
            _lists[(int)posting.Board].Add(posting);
        }

        _byId = [.. _lists.Select(static list => list.ToDictionary(static posting => posting.Id))];
    }

    /// <summary>All boards together.</summary>
    public IReadOnlyList<Posting> All => _all;

    /// <summary>The announcements of one board.</summary>
    public IReadOnlyList<Posting> On(Board board) => _lists[(int)board];

    /// <summary>The announcement with this id; null where the board has none.</summary>
    public Posting? Find(Board board, int id) => _byId[(int)board].GetValueOrDefault(id);
}
