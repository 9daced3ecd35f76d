namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// The topic and the board of an ordinary announcement; both follow from its number alone. No two numbers share sector,
/// topic and round, so no two announcements share a title.
/// </summary>
internal readonly record struct AnnouncementSubject
{
    /// <summary>
    /// The most ordinary announcements on KIMST, the board of one small agency: the real one has some 700 rows. Later
    /// announcements of its sector stand on NTIS.
    /// </summary>
    public const int MostOnKimst = 500;

    private readonly int _index;

    /// <summary>The subject of announcement number <paramref name="ordinal"/>.</summary>
    public AnnouncementSubject(int ordinal)
    {
        var turn = ordinal / Sectors.Deal.Length;
        var place = ordinal % Sectors.Deal.Length;
        Sector = Sectors.All[Sectors.Deal[place]];
        _index = place switch
        {
            < 7 => turn * 2,
            < 14 => (turn * 2) + 1,
            _ => turn,
        };
    }

    public SectorTopics Sector { get; }

    public Topic Topic => Topics(0);

    /// <summary>Its place among the announcements about this topic, from 1.</summary>
    public int Round => 1 + (_index / Sector.Topics.Length);

    public Board Board
    {
        get
        {
            var boards = Sectors.Boards(Sector.Key);
            var board = boards[_index % boards.Length];

            // Of three announcements of this sector two are on KIMST.
            return board == Board.KIMST && _index >= MostOnKimst / 2 * 3 ? Board.NTIS : board;
        }
    }

    /// <summary>The topic so many places behind the announcement's own, in the same sector.</summary>
    public Topic Topics(int further) => Sector.Topics[(_index + further) % Sector.Topics.Length];
}
