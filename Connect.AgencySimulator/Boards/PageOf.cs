using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>One page of a list, as it was requested.</summary>
internal sealed record PageOf
{
    public required IReadOnlyList<Announcement> Rows { get; init; }

    /// <summary>The page's number, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>The most rows on a page.</summary>
    public required int Size { get; init; }

    /// <summary>The rows on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>The moment for which the status of the rows counts.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The value of the board's filter; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The number of pages; an empty list has one.</summary>
    public int Pages => Math.Max(1, (int)Math.Ceiling(Total / (double)Size));

    /// <summary>The numbers that its pager shows.</summary>
    public PagerWindow Window => new(Number, Pages);

    /// <summary>The running number that boards show in their first column.</summary>
    public int RowNumber(int index) => Total - ((Number - 1) * Size) - index;
}
