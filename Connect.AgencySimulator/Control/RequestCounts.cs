using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Control;

/// <summary>Counts of requests for the boards' pages since the start.</summary>
internal sealed class RequestCounts
{
    private readonly Counts[] _boards = [.. Enum.GetValues<Board>().Select(static _ => new Counts())];

    /// <summary>Counts a request, before it is answered or fails.</summary>
    public void Asked(Board board, bool isList, bool isFault)
    {
        var counts = _boards[(int)board];
        Interlocked.Increment(ref isList ? ref counts.Lists : ref counts.Details);
        if (isFault)
        {
            Interlocked.Increment(ref counts.Faults);
        }
    }

    /// <summary>Counts an answer 304.</summary>
    public void NotModified(Board board) => Interlocked.Increment(ref _boards[(int)board].NotModified);

    /// <summary>The counts, one board after the other.</summary>
    public RequestsResponse Read() => new(Enum.GetValues<Board>().ToDictionary(
        static board => board.ToString(),
        board => new BoardRequests(
            Interlocked.Read(ref _boards[(int)board].Lists),
            Interlocked.Read(ref _boards[(int)board].Details),
            Interlocked.Read(ref _boards[(int)board].NotModified),
            Interlocked.Read(ref _boards[(int)board].Faults))));

    private sealed class Counts
    {
        public long Lists;
        public long Details;
        public long NotModified;
        public long Faults;
    }
}
