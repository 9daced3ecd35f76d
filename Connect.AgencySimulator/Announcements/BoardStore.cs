using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Announcements;

/// <summary>What is published at this moment. Readers see a whole state or the next one, never half of a change.</summary>
internal sealed class BoardStore
{
    private const int NearDeadline = 6;

    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly AnnouncementWriter _writer;
    private readonly Random _random;
    private readonly int _firstOrdinary;
    private int _next;
    private ImmutableArray<Announcement> _published;

    public BoardStore(IOptions<SimulatorOptions> options, TimeProvider time)
    {
        _time = time;
        var today = Today;
        _writer = new(options.Value.Seed, today);
        _random = new(options.Value.Seed);
        Announcement[] calls = [.. OddAnnouncements.Calls(_writer, 0, today)];

        // An odd call may use two numbers, so that the rest starts well behind.
        var others = calls.Length + 5;
        Announcement[] rest = [.. OddAnnouncements.Others(_writer, others, today)];
        _firstOrdinary = others + rest.Length;
        _next = _firstOrdinary;
        var ordinary = Math.Max(0, options.Value.Calls - calls.Length - rest.Length);
        _published =
        [
            .. calls.Concat(rest).Concat(Enumerable.Range(0, ordinary).Select(_ => Ordinary(_next++)))
                .OrderByDescending(static announcement => announcement.Published)
                .ThenByDescending(static announcement => announcement.Id),
        ];
    }

    /// <summary>This moment in Korea.</summary>
    public DateTimeOffset Now => _time.GetUtcNow().ToOffset(Kst);

    /// <summary>Everything that is published, newest first.</summary>
    public ImmutableArray<Announcement> All
    {
        get
        {
            lock (_lock)
            {
                return _published;
            }
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(Now.Date);

    /// <summary>What one board lists, newest first.</summary>
    public IReadOnlyList<Announcement> On(Board board) => [.. All.Where(announcement => announcement.Board == board)];

    /// <summary>Lets time pass on the boards; answers how many were really announced, changed and closed.</summary>
    public (int New, int Changed, int Closed) Advance(int announce, int change, int close)
    {
        lock (_lock)
        {
            var published = _published.ToBuilder();
            var closed = Pick(published, close, call => call with { Closed = true });
            var changed = Pick(published, change, Change);
            for (var i = 0; i < announce; i++)
            {
                var call = _writer.Call(_next++, NearDeadline + (_next % 9));
                published.Insert(0, call with { Published = Today, Start = Today });
            }

            _published = published.ToImmutable();
            return (announce, changed, closed);
        }
    }

    /// <summary>
    /// Changes so many different open calls. Odd ones stay as they are: a re-posted call that changes alone would
    /// be two different calls.
    /// </summary>
    private int Pick(ImmutableArray<Announcement>.Builder published, int count, Func<Announcement, Announcement> change)
    {
        var now = Now;
        var first = AnnouncementWriter.Id(_firstOrdinary);
        List<int> open =
        [
            .. Enumerable.Range(0, published.Count).Where(i =>
                published[i] is { Kind: AnnouncementKind.CALL, Deadline.Value: not null } call && call.Id >= first && call.IsOpen(now)),
        ];
        var done = 0;
        for (; done < count && open.Count > 0; done++)
        {
            var chosen = _random.Next(open.Count);
            published[open[chosen]] = change(published[open[chosen]]);
            open.RemoveAt(chosen);
        }

        return done;
    }

    /// <summary>One in seventeen is closed early, as happens when a programme is withdrawn.</summary>
    private Announcement Ordinary(int ordinal) => _writer.Call(ordinal) with { Closed = ordinal % 17 == 3 };

    private Announcement Change(Announcement call)
    {
        if (call.Id % 2 == 0)
        {
            var extended = DateOnly.FromDateTime(call.Deadline.Value!.Value.Date).AddDays(14);
            return call with { Deadline = Wordings.Deadline(5, call.Start, extended) };
        }

        var eok = ((call.Budget.Won ?? 0) / 100_000_000) + 7;
        return call with { Budget = new("지원규모", $"{eok}억원", eok * 100_000_000) };
    }
}
