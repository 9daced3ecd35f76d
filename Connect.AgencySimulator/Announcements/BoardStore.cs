using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// The announcements that are published now. Readers see the state before or after a change, never half of it.
/// </summary>
internal sealed class BoardStore
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    // Held by changes. Reads take the current snapshot without it.
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly AnnouncementWriter _writer;
    private readonly Random _random;
    private int _next;
    private int _reposts;
    private volatile BoardSnapshot _current;

    public BoardStore(IOptions<SimulatorOptions> options, TimeProvider time)
    {
        _time = time;
        var today = Today;
        _writer = new(options.Value.Seed, today);
        _random = new(options.Value.Seed);
        Announcement[] oddCalls = [.. OddAnnouncements.OfKindCall(_writer, 0, today)];

        // An odd announcement may use two numbers, so the others start well after them.
        var others = oddCalls.Length + 5;
        Announcement[] rest = [.. OddAnnouncements.OfOtherKinds(_writer, others, today)];
        var first = others + rest.Length;
        var ordinary = Math.Max(0, options.Value.Announcements - oddCalls.Length - rest.Length);
        _next = first + ordinary;
        _current = new(
        [
            .. oddCalls.Concat(rest).Select(static odd => Posting.Of(odd) with { Odd = odd })
                .Concat(Enumerable.Range(first, ordinary).Select(Ordinary))
                .OrderByDescending(static posting => posting.Published)
                .ThenByDescending(static posting => posting.Id),
        ]);
    }

    /// <summary>This moment in Korea.</summary>
    public DateTimeOffset Now => _time.GetUtcNow().ToOffset(Kst);

    /// <summary>The state at this moment.</summary>
    public BoardSnapshot Current => _current;

    /// <summary>All announcements with their text, newest first, written one by one.</summary>
    public IEnumerable<Announcement> All => _current.All.Select(Write);

    private DateOnly Today => DateOnly.FromDateTime(Now.Date);

    /// <summary>The text of an announcement.</summary>
    public Announcement Write(Posting posting) => _writer.Write(posting);

    /// <summary>
    /// Changes the boards and returns the changes that were made. Each announcement is chosen at most once; odd ones
    /// and those that a board has twice are never chosen.
    /// </summary>
    public BoardChanges Advance(BoardChanges asked)
    {
        lock (_lock)
        {
            var now = Now;
            Posting?[] postings = [.. _current.All];
            List<Posting> announced = [];
            List<int> open = [.. Enumerable.Range(0, postings.Length).Where(i => postings[i]!.IsChangeable(now))];
            var done = new BoardChanges(
                asked.New,
                Closed: Pick(asked.Closed, posting => Touch(posting) with { Closed = true }),
                Changed: Pick(asked.Changed, Change),
                Withdrawn: Pick(asked.Withdrawn, static _ => null),
                Reposted: Pick(asked.Reposted, posting => Repost(posting, announced)),
                Moved: Pick(asked.Moved, posting => posting with { Id = AnnouncementWriter.Id(_next++) }));
            for (var i = 0; i < asked.New; i++)
            {
                announced.Add(Announce(_next++));
            }

            _current = new([.. Enumerable.Reverse(announced), .. postings.OfType<Posting>()]);
            return done;

            int Pick(int count, Func<Posting, Posting?> change)
            {
                var picked = 0;
                for (; picked < count && open.Count > 0; picked++)
                {
                    var chosen = _random.Next(open.Count);
                    postings[open[chosen]] = change(postings[open[chosen]]!);
                    open[chosen] = open[^1];
                    open.RemoveAt(open.Count - 1);
                }

                return picked;
            }
        }
    }

    /// <summary>One in seventeen is closed early, as happens when a program is withdrawn.</summary>
    private Posting Ordinary(int ordinal) =>
        Posting.Of(_writer.WriteOrdinary(ordinal)) with { Ordinal = ordinal, Closed = ordinal % 17 == 3 };

    private Posting Announce(int ordinal) =>
        Posting.Of(_writer.WriteOrdinary(ordinal, Today)) with { Ordinal = ordinal, Announced = Today, Modified = WholeSecond(Now) };

    private Posting Change(Posting posting) =>
        Amend(Touch(posting), (posting.Amendment ?? Amendment.None).Further(Write(posting), _random));

    /// <summary>The old posting after its announcement was republished; null where the new one replaces it.</summary>
    private Posting? Repost(Posting old, List<Posting> announced)
    {
        var extended = _reposts++ % 2 == 0;
        var amendment = (old.Amendment ?? Amendment.None) with { Mark = extended ? "(연장공고) " : "(재공고) ", Published = Today };
        var reposted = old with { Id = AnnouncementWriter.Id(_next++), Published = Today, Modified = WholeSecond(Now), Twice = !extended };
        announced.Add(Amend(reposted, extended ? amendment with { Deadline = Amendment.Extended(Write(old)) } : amendment));
        return extended ? null : old with { Twice = true };
    }

    private Posting Amend(Posting posting, Amendment amendment)
    {
        var amended = posting with { Amendment = amendment };
        return amended with { Deadline = Write(amended).Deadline.Last };
    }

    // Two changes within a second must have different times, even if the second time is then a second late.
    private Posting Touch(Posting posting)
    {
        var now = WholeSecond(Now);
        return posting with { Modified = now > posting.Modified ? now : posting.Modified.AddSeconds(1) };
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond));
}
