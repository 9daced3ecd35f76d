namespace Connect.AgencySimulator.Boards;

/// <summary>The ten page numbers that a pager shows around page <paramref name="Number"/> of <paramref name="Pages"/>.</summary>
internal readonly record struct PagerWindow(int Number, int Pages)
{
    private const int Size = 10;

    /// <summary>First number shown. Behind the last page it is as on the last page.</summary>
    public int First => ((Math.Clamp(Number, 1, Pages) - 1) / Size * Size) + 1;

    /// <summary>Last number shown.</summary>
    public int Last => Math.Min(First + Size - 1, Pages);

    /// <summary>The last page of the ten before; null on the first ten.</summary>
    public int? Before => First > 1 ? First - 1 : null;

    /// <summary>The first page of the ten after; null on the last ten.</summary>
    public int? After => Last < Pages ? Last + 1 : null;

    /// <summary>The numbers, each written as a link, and the current one as none.</summary>
    public string Numbers(Func<int, string> link)
    {
        var number = Number;
        return string.Concat(Enumerable.Range(First, Last - First + 1).Select(n => n == number ? $"<strong>{n}</strong>\n" : link(n)));
    }
}
