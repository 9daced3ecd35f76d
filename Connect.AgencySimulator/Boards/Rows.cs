using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Boards;

/// <summary>The rows of a list; also of one that is put together from others, without a copy for each request.</summary>
internal readonly record struct Rows(int Count, Func<int, Posting> At)
{
    public static Rows Of(IReadOnlyList<Posting> postings) => new(postings.Count, index => postings[index]);

    /// <summary>Some rows, and these behind them.</summary>
    public Rows After(Posting[] first)
    {
        var at = At;
        return new(first.Length + Count, index => index < first.Length ? first[index] : at(index - first.Length));
    }

    /// <summary>These rows, with one of another list behind each for as long as there are some.</summary>
    public Rows Mixed(IReadOnlyList<Posting> others)
    {
        var at = At;
        var mixed = Math.Min(Count, others.Count);
        return new(
            Count + mixed,
            index => index >= 2 * mixed ? at(index - mixed) : index % 2 == 0 ? at(index / 2) : others[index / 2]);
    }
}
