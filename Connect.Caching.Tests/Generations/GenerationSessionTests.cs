using Connect.Caching.Generations;

namespace Connect.Caching.Tests.Generations;

public sealed class GenerationSessionTests
{
    private static readonly DatabaseIdentity Identity = new(1, 1, 1);

    private readonly GenerationSession _session = new(Identity, watermark: 1, maxTags: 100);

    [Fact]
    public async Task Notification_is_not_lost_when_it_overtakes_the_load()
    {
        var cell = _session.GenerationOf("programs");

        await GenerationSession.EnsureLoadedAsync(["programs"], [cell], _ =>
        {
            // The query has read 5; before its answer is applied, the listener hears of 6.
            _session.Apply("programs", 6, now: 1);
            return Loaded(("programs", 5));
        });

        Assert.True(cell.IsLoaded);
        Assert.Equal(6, cell.Value);
    }

    [Fact]
    public void Number_never_falls()
    {
        var cell = _session.GenerationOf("programs");

        Assert.True(cell.Raise(7, now: 1));
        Assert.False(cell.Raise(7, now: 2));
        Assert.False(cell.Raise(6, now: 3));

        Assert.Equal(7, cell.Value);
    }

    [Fact]
    public async Task Load_that_failed_is_tried_again()
    {
        var cell = _session.GenerationOf("programs");

        await Assert.ThrowsAsync<TimeoutException>(() => GenerationSession.EnsureLoadedAsync(["programs"], [cell], _ => throw new TimeoutException()));
        Assert.False(cell.IsLoaded);
        await GenerationSession.EnsureLoadedAsync(["programs"], [cell], _ => Loaded(("programs", 4)));

        Assert.Equal(4, cell.Value);
    }

    [Fact]
    public async Task Absent_row_is_generation_zero()
    {
        var cell = _session.GenerationOf("org:1");

        await GenerationSession.EnsureLoadedAsync(["org:1"], [cell], _ => Loaded());

        Assert.True(cell.IsLoaded);
        Assert.Equal(0, cell.Value);
    }

    [Fact]
    public void Cell_that_the_bounded_map_dropped_says_so()
    {
        var cells = Enumerable.Range(0, 100).Select(number => _session.GenerationOf($"org:{number}")).ToList();

        Assert.All(cells, cell => Assert.False(cell.IsDead));
        Assert.Same(cells[0], _session.GenerationOf("org:0"));

        _session.GenerationOf("org:one-too-many");

        // A quarter makes room for those that come.
        Assert.Equal(76, _session.KnownTags);
        Assert.Equal(25, cells.Count(cell => cell.IsDead));
        Assert.All(cells.Index().Where(entry => entry.Item.IsDead), entry =>
            Assert.False(_session.Apply($"org:{entry.Index}", 9, now: 1) && entry.Item.Value == 9));
    }

    [Fact]
    public async Task Load_does_not_mark_a_new_cell_when_its_own_was_dropped()
    {
        var cell = _session.GenerationOf("org:first");
        var gate = new TaskCompletionSource<IReadOnlyDictionary<string, long>>();
        var load = GenerationSession.EnsureLoadedAsync(["org:first"], [cell], _ => gate.Task);
        for (var number = 0; !cell.IsDead; number++)
        {
            _session.GenerationOf($"org:{number}");
        }

        gate.SetResult(new Dictionary<string, long> { ["org:first"] = 5 });
        await load;

        // A generation object that was made since then has not been raised to 5.
        Assert.False(_session.GenerationOf("org:first").IsLoaded);
    }

    [Fact]
    public void Lower_generation_contradicts_only_what_was_known_when_the_question_was_sent()
    {
        _session.GenerationOf("programs").Raise(10, now: 100);

        Assert.True(_session.IsContradictedBy("programs", 9, sentAt: 101));

        // Heard after the poll was sent: its snapshot may well be older.
        Assert.False(_session.IsContradictedBy("programs", 9, sentAt: 99));
        Assert.False(_session.IsContradictedBy("programs", 9, sentAt: 100));
        Assert.False(_session.IsContradictedBy("programs", 10, sentAt: 101));
        Assert.False(_session.IsContradictedBy("unknown", 0, sentAt: 101));
    }

    [Fact]
    public async Task Only_generations_that_are_missing_are_loaded()
    {
        var (known, missing) = (_session.GenerationOf("a"), _session.GenerationOf("b"));
        await GenerationSession.EnsureLoadedAsync(["a"], [known], _ => Loaded(("a", 1)));
        IReadOnlyList<string> asked = [];

        await GenerationSession.EnsureLoadedAsync(["a", "b"], [known, missing], names =>
        {
            asked = names;
            return Loaded(("b", 2));
        });

        Assert.Equal(["b"], asked);
        Assert.Equal((1, 2), (known.Value, missing.Value));
    }

    [Fact]
    public void Generation_that_nobody_asked_for_is_not_kept()
    {
        Assert.False(_session.Apply("t", 5, now: 1));
        Assert.Equal(0, _session.KnownTags);
        Assert.False(_session.GenerationOf("t").IsLoaded);
        Assert.True(_session.Apply("t", 5, now: 1));
    }

    private static Task<IReadOnlyDictionary<string, long>> Loaded(params (string Counter, long Generation)[] generations) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(generations.ToDictionary(entry => entry.Counter, entry => entry.Generation));
}
