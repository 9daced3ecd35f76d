using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Naming;

namespace Connect.Caching.Tests.Naming;

public sealed class KeyComposerTests
{
    private static readonly DatabaseIdentity Identity = new(7, 1, 5);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(9));

    private static readonly CacheLayer Products = new("product", "product:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    private static readonly CacheLayer Offers = new("offer", "offer:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)) { Qualifier = DayOf };

    private readonly KeyComposer _composer = new("schema01", capacity: 1000, new([Products, Offers]));

    private static Entry Product => new(Products, "product:7", ["product:7"]);

    private static Entry Offer => new(Offers, "offer:7", ["product:7", "offers", "prices"]);

    [Fact]
    public void Physical_key_has_the_schema_the_logical_key_and_a_short_name()
    {
        var key = Compose(Product, 1, 2, 3);

        Assert.Equal($"connect:schema01:product:7@{key.Name}", key.Physical);
        Assert.InRange(key.Name.Length, 1, 24);
    }

    [Fact]
    public void Name_changes_with_every_generation()
    {
        var entry = Product;
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
        var entry = Product;
        DatabaseIdentity[] identities = [Identity, Identity with { System = 8 }, Identity with { Timeline = 2 }, Identity with { Database = 6 }];

        var names = identities.Select(identity => Compose(entry, Now, identity, null, 1, 2, 3).Name).ToList();

        Assert.Equal(identities.Length, names.Distinct().Count());
    }

    [Fact]
    public void Name_changes_with_the_qualifier_and_not_before()
    {
        var entry = Offer;
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
        var entry = Offer;

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
        var entry = Product;

        Assert.Same(Compose(entry, 1, 2, 3), Compose(entry, 1, 2, 3));
    }

    [Fact]
    public async Task Kept_name_ends_with_its_qualifier()
    {
        var (session, _, _, _) = await LoadedAsync();
        var key = _composer.Compose(Offer.Key, null, [], Identity, [], [], session, [], Now);
        var end = key.QualifierValidUntil;

        Assert.Same(key, _composer.FindCurrent(Offer.Key, session, end.AddTicks(-1)));
        Assert.Null(_composer.FindCurrent(Offer.Key, session, end));
        Assert.Same(key, _composer.FindByGenerations(Offer.Key, session));
        Assert.Same(key, _composer.Find(Offer.Key));
    }

    [Fact]
    public void Name_without_a_session_is_found_by_its_physical_key_only()
    {
        var key = Compose(Product, 1, 2, 3);

        Assert.Same(key, _composer.FindByPhysical(key.Physical));
        Assert.Null(_composer.Find(Product.Key));
    }

    [Fact]
    public async Task Name_that_was_overtaken_is_dropped_and_its_successor_begins_without_flights()
    {
        var (session, entry, counters, cells) = await LoadedAsync();
        var former = Compose(session, entry, counters, cells);
        var flight = former.BeginFlight();
        former.AbsentUntil = 7;
        session.Apply(counters[0], 99, now: 1);

        var key = Compose(session, entry, counters, cells);

        Assert.Null(_composer.FindByPhysical(former.Physical));
        Assert.Same(key, _composer.FindByPhysical(key.Physical));
        Assert.NotSame(flight, key.BeginFlight());
        Assert.Equal(0, key.AbsentUntil);
    }

    [Fact]
    public async Task Same_name_in_the_next_session_takes_over_flights_and_absence()
    {
        var (session, entry, counters, cells) = await LoadedAsync();
        var former = Compose(session, entry, counters, cells);
        var flight = former.BeginFlight();
        former.AbsentUntil = 7;
        var (next, _, _, nextCells) = await LoadedAsync();

        var key = Compose(next, entry, counters, nextCells);

        Assert.NotSame(former, key);
        Assert.Equal(former.Physical, key.Physical);
        Assert.Same(flight, key.BeginFlight());
        Assert.Equal(7, key.AbsentUntil);
        Assert.Same(key, _composer.FindCurrent(entry.Key, next, Now));
    }

    [Fact]
    public void Store_that_is_full_is_cleared()
    {
        var composer = new KeyComposer("schema01", capacity: 2, new([Products]));
        ComposedKey Name(string key) => composer.Compose(key, null, [], Identity, [], [], session: null, [], Now);
        var (first, second) = (Name("product:1"), Name("product:2"));
        Assert.Same(first, composer.FindByPhysical(first.Physical));

        var third = Name("product:3");

        Assert.Equal((null, null, third), (composer.FindByPhysical(first.Physical), composer.FindByPhysical(second.Physical), composer.FindByPhysical(third.Physical)));

        // There is room again.
        var fourth = Name("product:4");
        Assert.Equal((third, fourth), (composer.FindByPhysical(third.Physical), composer.FindByPhysical(fourth.Physical)));
    }

    [Fact]
    public void Rows_of_a_key_are_its_tags_in_order_everything_and_its_slot() =>
        Assert.Equal(["A", "a", "b", "#*", CacheTags.SlotRowOf("k")], KeyComposer.RowsOf("k", ["b", "a", "A", "b"]));

    [Fact]
    public void Order_and_repetition_of_tags_do_not_matter()
    {
        Assert.Equal(KeyComposer.RowsOf("k", ["b", "a", "b"]), KeyComposer.RowsOf("k", ["a", "b"]));
        Assert.Throws<ArgumentException>(() => KeyComposer.RowsOf("k", ["*"]));
    }

    private ComposedKey Compose(Entry entry, params long[] generations) => Compose(entry, Now, Identity, null, generations);

    private ComposedKey Compose(Entry entry, DateTimeOffset now, DatabaseIdentity identity, string? variant, params long[] generations) =>
        _composer.Compose(entry.Key, variant, entry.Tags, identity, KeyComposer.RowsOf(entry.Key, entry.Tags), generations, session: null, [], now);

    private ComposedKey Compose(GenerationSession session, Entry entry, string[] counters, TagGeneration[] cells) =>
        _composer.Compose(
            entry.Key, null, entry.Tags, Identity, counters, Array.ConvertAll(cells, cell => cell.Value), session, cells, Now);

    // The day in Seoul.
    private static (string, DateTimeOffset) DayOf(DateTimeOffset moment)
    {
        var day = moment.ToOffset(Now.Offset).Date;
        return ($"{day:yyyyMMdd}", new(day.AddDays(1), Now.Offset));
    }

    private static async Task<(GenerationSession Session, Entry Entry, string[] Counters, TagGeneration[] Cells)> LoadedAsync()
    {
        var session = new GenerationSession(Identity, 1, 100);
        var entry = Product;
        var counters = KeyComposer.RowsOf(entry.Key, entry.Tags);
        var cells = Array.ConvertAll(counters, session.GenerationOf);
        await GenerationSession.EnsureLoadedAsync(
            counters, cells, _ => Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>()));
        return (session, entry, counters, cells);
    }

    private sealed record Entry(CacheLayer Layer, string Key, string[] Tags);
}
