using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.Domain.KoreanText;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources;

public sealed class SimulatorChangesTests
{
    private const int All = 100_000;

    private static readonly string[] Marks = ["(연장공고) ", "(재공고) "];

    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly BoardStore _store;

    public SimulatorChangesTests() => _store = new(Options.Create(new SimulatorOptions { Announcements = 400 }), _time);

    [Fact]
    public void Calls_really_say_something_else_when_they_change_again_and_again()
    {
        var before = Tell();
        HashSet<string> parts = [];
        for (var i = 0; i < 20; i++)
        {
            var done = _store.Advance(new(Changed: All)).Changed;

            var after = Tell();
            Assert.Equal(done, after.Count(entry => entry.Value != before[entry.Key]));
            Assert.InRange(done, 200, 400);
            parts.UnionWith(after.Where(entry => entry.Value != before[entry.Key]).Select(entry => Part(before[entry.Key], entry.Value)));
            before = after;
        }

        Assert.Equal(["body", "budget", "deadline", "keywords", "trl"], parts.Order());
    }

    [Fact]
    public void Modified_moves_forward_when_an_announcement_changes_twice_at_once()
    {
        var before = _store.Current.All.ToDictionary(posting => posting.Id, posting => posting.Modified);
        Assert.All(before.Values, modified => Assert.True(modified < _store.Now));

        for (var i = 0; i < 3; i++)
        {
            var open = _store.Current.All.Where(posting => posting.IsChangeable(_store.Now)).Select(posting => posting.Id).ToHashSet();
            _store.Advance(i < 2 ? new(Changed: All) : new(Closed: All));

            foreach (var posting in _store.Current.All)
            {
                Assert.True(open.Contains(posting.Id) ? posting.Modified > before[posting.Id] : posting.Modified == before[posting.Id]);
                Assert.Equal(0, posting.Modified.Ticks % TimeSpan.TicksPerSecond);
            }

            before = _store.Current.All.ToDictionary(posting => posting.Id, posting => posting.Modified);
        }

        _time.Advance(TimeSpan.FromDays(1));
        _store.Advance(new(New: 1));
        Assert.Equal(_store.Now, _store.Current.All[0].Modified);
    }

    [Fact]
    public void Postings_of_one_announcement_agree_when_it_was_reposted_and_everything_changes()
    {
        for (var i = 0; i < 10; i++)
        {
            _store.Advance(new(New: 10, Changed: 100, Closed: 10, Withdrawn: 10, Reposted: 20, Moved: 20));
        }

        var groups = _store.All.GroupBy(announcement => (announcement.Board, WithoutMarks(announcement.Title))).ToList();
        Assert.Contains(groups, group => group.Count() == 2);
        Assert.All(groups, group => Assert.Single(
            group.Select(announcement => (announcement.Deadline, announcement.Budget, announcement.Closed, string.Join('\n', announcement.Body))).Distinct()));
        Assert.All(_store.All, announcement => Assert.True(Marks.Count(mark => announcement.Title.Contains(mark, StringComparison.Ordinal)) <= 1));
        Assert.Equal(_store.Current.All.Count, _store.Current.All.Select(posting => posting.Id).Distinct().Count());
    }

    [Fact]
    public void Calls_are_found_by_their_id_only_when_they_are_published()
    {
        var before = _store.Current;

        _store.Advance(new(Withdrawn: 20, Moved: 20));

        var after = _store.Current;
        Assert.Equal(before.All.Count - 20, after.All.Count);
        Assert.Equal(40, before.All.Count(posting => after.Find(posting.Board, posting.Id) is null));
        Assert.All(after.All, posting => Assert.Same(posting, after.Find(posting.Board, posting.Id)));
        Assert.All(after.All, posting => Assert.Null(after.Find((Board)(((int)posting.Board + 1) % 6), posting.Id)));
        Assert.Equal(after.All.Count + after.On(Board.KIMST).Count, Enum.GetValues<Board>().Sum(board => after.On(board).Count));
        Assert.All(after.On(Board.KIMST), posting => Assert.Same(posting, after.Find(Board.IRIS, posting.Id)));
    }

    [Fact]
    public void Iris_lists_every_announcement_in_the_part_of_its_phase_when_time_passes()
    {
        for (var day = 0; day < 40; day++)
        {
            var (snapshot, now) = (_store.Current, _store.Now);
            var parts = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => snapshot.On(Board.IRIS, phase, now));

            Assert.Equal(snapshot.On(Board.IRIS).Count, parts.Values.Sum(part => part.Count));
            Assert.All(parts, part => Assert.All(part.Value, posting => Assert.Equal(part.Key, _store.Write(posting).PhaseAt(now))));
            _time.Advance(TimeSpan.FromHours(day % 2 == 0 ? 7 : 30));
            if (day % 10 == 9)
            {
                _store.Advance(new(New: 10, Changed: 20, Closed: 10, Withdrawn: 5, Reposted: 5, Moved: 5));
            }
        }
    }

    [Fact]
    public void New_announcements_are_open_when_the_simulator_has_run_for_weeks()
    {
        _time.Advance(TimeSpan.FromDays(40));

        _store.Advance(new(New: 20));

        var today = DateOnly.FromDateTime(_store.Now.Date);
        Assert.All(_store.All.Take(20), announcement =>
        {
            Assert.True(announcement.IsOpen(_store.Now));
            Assert.Equal((today, today), (announcement.Published, announcement.Start));
        });
    }

    private static string WithoutMarks(string title) =>
        Marks.Aggregate(title, static (text, mark) => text.Replace(mark, "", StringComparison.Ordinal));

    private Dictionary<int, Told> Tell() => _store.All.ToDictionary(announcement => announcement.Id, announcement => new Told(
        announcement.Deadline.Value, announcement.Budget.Won, string.Join(',', announcement.Keywords), TrlRanges.Parse(announcement.Trl), string.Join('\n', announcement.Body)));

    private static string Part(Told before, Told after) =>
        before with { Deadline = after.Deadline } == after ? "deadline"
        : before with { Budget = after.Budget } == after ? "budget"
        : before with { Keywords = after.Keywords } == after ? "keywords"
        : before with { Trl = after.Trl } == after ? "trl"
        : before with { Body = after.Body } == after ? "body"
        : "several";

    private sealed record Told(DateTimeOffset? Deadline, long? Budget, string Keywords, TrlRange Trl, string Body);
}
