using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Data.Caching;

namespace Connect.Tests.Unit.Caching;

public sealed class KeyComposerTests
{
    private static readonly DatabaseIdentity Identity = new(7, 1, 5);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(9));

    private readonly KeyComposer _composer = new("schema01", capacity: 1000, new(CacheLayers.All));

    [Fact]
    public void Physical_key_has_the_schema_the_logical_key_and_a_short_name()
    {
        var key = Compose(CacheLayers.ProfileOf(Guid.Empty), 1, 2, 3);

        Assert.Equal($"connect:schema01:org:profile:{Guid.Empty}@{key.Name}", key.Physical);
        Assert.InRange(key.Name.Length, 1, 24);
    }

    [Fact]
    public void Name_changes_with_every_generation()
    {
        var entry = CacheLayers.ProfileOf(Guid.Empty);
        string[] names =
        [
            Compose(entry, 1, 2, 3).Name, Compose(entry, 2, 2, 3).Name, Compose(entry, 1, 3, 3).Name, Compose(entry, 1, 2, 4).Name,
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(names[0], Compose(entry, 1, 2, 3).Name);
    }

    [Fact]
    public void Name_changes_with_the_database_and_its_history()
    {
        var entry = CacheLayers.ProfileOf(Guid.Empty);
        DatabaseIdentity[] identities = [Identity, Identity with { System = 8 }, Identity with { Timeline = 2 }, Identity with { Database = 6 }];

        var names = identities.Select(identity => Compose(entry, Now, identity, null, 1, 2, 3).Name).ToList();

        Assert.Equal(identities.Length, names.Distinct().Count());
    }

    [Fact]
    public void Name_of_matches_changes_with_the_day_in_Seoul_and_not_before()
    {
        var entry = CacheLayers.MatchesOf(Guid.Empty);
        var lastMoment = new DateTimeOffset(2026, 11, 23, 23, 59, 59, TimeSpan.FromHours(9));

        var today = Compose(entry, Now, Identity, null, 1, 2, 3, 4, 5);
        var late = Compose(entry, lastMoment.ToUniversalTime(), Identity, null, 1, 2, 3, 4, 5);
        var tomorrow = Compose(entry, lastMoment.AddSeconds(1), Identity, null, 1, 2, 3, 4, 5);

        Assert.Equal(today.Name, late.Name);
        Assert.NotEqual(today.Name, tomorrow.Name);
        Assert.Equal(lastMoment.AddSeconds(1), today.QualifierValidUntil);
    }

    [Fact]
    public void Variant_has_a_name_of_its_own_and_the_key_s_slot()
    {
        var entry = CacheLayers.MatchesOf(Guid.Empty);

        var first = Compose(entry, Now, Identity, null, 1, 2, 3, 4, 5);
        var successor = Compose(entry, Now, Identity, "1764000000000", 1, 2, 3, 4, 5);

        Assert.NotEqual(first.Physical, successor.Physical);
        Assert.Equal(first.Rows, successor.Rows);
    }

    [Fact]
    public async Task Kept_name_stands_until_a_generation_rises()
    {
        var (session, entry, counters, cells) = await LoadedAsync();
        var key = Compose(session, entry, counters, cells);
        Assert.Same(key, _composer.FindCurrent(entry.Key, session, Now));

        session.Apply(counters[0], 99, now: 1);

        Assert.Null(_composer.FindCurrent(entry.Key, session, Now));
        Assert.NotEqual(key.Physical, Compose(session, entry, counters, cells).Physical);
    }

    [Fact]
    public async Task Kept_name_does_not_stand_when_a_cell_is_dead_or_the_epoch_another()
    {
        var (session, entry, counters, cells) = await LoadedAsync();
        Compose(session, entry, counters, cells);

        Assert.Null(_composer.FindCurrent(entry.Key, new GenerationSession(Identity, 1, 100), Now));
        cells[0].MarkDead();
        Assert.Null(_composer.FindCurrent(entry.Key, session, Now));
    }

    [Fact]
    public void Readers_who_agree_on_the_generations_share_a_key_even_if_they_asked_for_them()
    {
        var entry = CacheLayers.ProfileOf(Guid.Empty);

        Assert.Same(Compose(entry, 1, 2, 3), Compose(entry, 1, 2, 3));
    }

    [Fact]
    public void Order_and_repetition_of_tags_do_not_matter()
    {
        Assert.Equal(KeyComposer.RowsOf("k", ["b", "a", "b"]), KeyComposer.RowsOf("k", ["a", "b"]));
        Assert.Throws<ArgumentException>(() => KeyComposer.RowsOf("k", ["*"]));
    }

    private ComposedKey Compose(CacheEntry entry, params long[] generations) => Compose(entry, Now, Identity, null, generations);

    private ComposedKey Compose(CacheEntry entry, DateTimeOffset now, DatabaseIdentity identity, string? variant, params long[] generations) =>
        _composer.Compose(entry.Key, variant, entry.Tags, identity, KeyComposer.RowsOf(entry.Key, entry.Tags), generations, session: null, [], now);

    private ComposedKey Compose(GenerationSession session, CacheEntry entry, string[] counters, TagGeneration[] cells) =>
        _composer.Compose(
            entry.Key, null, entry.Tags, Identity, counters, Array.ConvertAll(cells, cell => cell.Value), session, cells, Now);

    private static async Task<(GenerationSession Session, CacheEntry Entry, string[] Counters, TagGeneration[] Cells)> LoadedAsync()
    {
        var session = new GenerationSession(Identity, 1, 100);
        var entry = CacheLayers.ProfileOf(Guid.CreateVersion7());
        var counters = KeyComposer.RowsOf(entry.Key, entry.Tags);
        var cells = Array.ConvertAll(counters, session.GenerationOf);
        await session.EnsureLoadedAsync(
            counters, cells, _ => Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>()));
        return (session, entry, counters, cells);
    }
}
