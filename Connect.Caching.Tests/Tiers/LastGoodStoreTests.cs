using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Tiers;

/// <summary>Which value is served while the database is away.</summary>
public sealed class LastGoodStoreTests : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly CacheLayer Products = new("product", "product:", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
    private static readonly CacheLayer Members = new("member", "member:", TimeSpan.FromHours(1), TimeSpan.FromHours(1)) { Authorizes = true };
    private static readonly CacheLayer Secrets = new("secret", "secret:", TimeSpan.FromHours(1), TimeSpan.FromHours(1)) { FailSafe = false };

    private readonly FakeTimeProvider _time = new();
    private readonly KeyComposer _composer = new("s", capacity: 10, new([Products, Members, Secrets]));
    private readonly LastGoodStore _store;

    public LastGoodStoreTests() => _store = new(Options.Create(new CacheOptions { LastGoodMaxAge = MaxAge }), _time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Value_of_current_generations_ages_from_their_last_confirmation()
    {
        var key = Put("product:1", "a");
        _time.Advance(MaxAge);
        var confirmedAt = _time.GetTimestamp();
        _time.Advance(MaxAge);

        Assert.Equal("a", Find(Products, key, key, confirmedAt));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Find(Products, key, key, confirmedAt));
    }

    [Fact]
    public void Overtaken_value_ages_from_when_it_was_stored()
    {
        var key = Put("product:1", "a");
        _time.Advance(MaxAge);

        Assert.Equal("a", Find(Products, key, current: null, _time.GetTimestamp()));
        Assert.Equal("a", Find(Products, key, Compose("product:1", generation: 2), _time.GetTimestamp()));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Find(Products, key, current: null, _time.GetTimestamp()));
    }

    [Fact]
    public void Value_that_authorizes_is_given_only_while_no_eviction_of_it_is_known()
    {
        var key = Put("member:1", "a");

        Assert.Equal("a", Find(Members, key, key, _time.GetTimestamp()));
        Assert.Null(Find(Members, key, Compose("member:1", generation: 2), _time.GetTimestamp()));
        Assert.Null(Find(Members, key, current: null, _time.GetTimestamp()));
    }

    [Fact]
    public void Value_is_given_under_its_name_and_as_its_type_only()
    {
        var key = Put("product:1", "a");

        Assert.True(_store.TryGet<string>(Products, "product:1", key, _time.GetTimestamp(), out _, out var name));
        Assert.Equal(key.Physical, name);
        Assert.False(_store.TryGet<int>(Products, "product:1", key, _time.GetTimestamp(), out _, out _));
        Assert.False(_store.TryGet<string>(Products, "product:2", key, _time.GetTimestamp(), out _, out _));
    }

    [Fact]
    public void Value_of_a_layer_that_is_not_fail_safe_is_not_kept()
    {
        var key = Put("secret:1", "a");

        Assert.Null(Find(Secrets, key, key, _time.GetTimestamp()));
    }

    private ComposedKey Put(string logical, string value)
    {
        var key = Compose(logical, generation: 1);
        _store.Put(key, value);
        return key;
    }

    private ComposedKey Compose(string logical, long generation) =>
        _composer.Compose(logical, null, ["t"], new DatabaseIdentity(1, 1, 1), ["t"], [generation], session: null, [], _time.GetUtcNow());

    private string? Find(CacheLayer layer, ComposedKey key, ComposedKey? current, long confirmedAt) =>
        _store.TryGet<string>(layer, key.Logical, current, confirmedAt, out var value, out _) ? value : null;
}
