using System.Diagnostics.Metrics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Naming;
using Connect.Caching.Tests.Diagnostics;
using Connect.Caching.Tiers;
using Microsoft.Extensions.DependencyInjection;
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

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public LastGoodStoreTests()
    {
        var metrics = TestMetrics.Of(_services.GetRequiredService<IMeterFactory>());
        _store = new(
            Options.Create(new CacheOptions { LastGoodMaxAge = MaxAge, MaximumPayloadBytes = 1024 }),
            new PayloadSerializers(_services, new JsonPayloads(), metrics, maximumPayloadBytes: 1024), _time);
    }

    public void Dispose()
    {
        _store.Dispose();
        _services.Dispose();
    }

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

    [Fact]
    public void Removed_value_does_not_come_back_by_a_read_that_began_before()
    {
        var began = _time.GetTimestamp();
        var key = Put("product:1", "a");
        _time.Advance(TimeSpan.FromSeconds(1));
        _store.Remove(Products, "product:1");
        Assert.Null(Find(Products, key, key, _time.GetTimestamp()));

        _store.Put(key, "a", began);
        Assert.Null(Find(Products, key, key, _time.GetTimestamp()));

        _store.Put(key, "b", _time.GetTimestamp());
        _store.Put(key, "a", began);
        Assert.Equal("b", Find(Products, key, key, _time.GetTimestamp()));
    }

    [Fact]
    public void Value_that_readers_could_change_is_each_readers_own()
    {
        var (list, bytes) = (Compose("product:list", 1), Compose("product:bytes", 1));
        List<int> kept = [1];
        byte[] keptBytes = [1];
        _store.Put(list, kept, _time.GetTimestamp());
        _store.Put(bytes, keptBytes, _time.GetTimestamp());
        kept.Add(2);
        keptBytes[0] = 2;

        for (var read = 0; read < 2; read++)
        {
            Assert.True(_store.TryGet<List<int>>(Products, "product:list", list, _time.GetTimestamp(), out var values, out _));
            Assert.Equal([1], values);
            values.Add(3);
            Assert.True(_store.TryGet<byte[]>(Products, "product:bytes", bytes, _time.GetTimestamp(), out var ownBytes, out _));
            Assert.Equal([1], ownBytes);
            ownBytes[0] = 3;
        }
    }

    [Fact]
    public void Null_is_a_value_and_what_is_too_large_is_none()
    {
        var (empty, large) = (Compose("product:empty", 1), Compose("product:large", 1));
        _store.Put<List<int>?>(empty, null, _time.GetTimestamp());
        _store.Put(large, new byte[1024], _time.GetTimestamp());
        Assert.True(_store.TryGet<byte[]>(Products, "product:large", large, _time.GetTimestamp(), out _, out _));
        _store.Remove(Products, "product:large");
        _store.Put(large, new byte[1025], _time.GetTimestamp());

        Assert.True(_store.TryGet<List<int>?>(Products, "product:empty", empty, _time.GetTimestamp(), out var value, out _));
        Assert.Null(value);
        Assert.False(_store.TryGet<byte[]>(Products, "product:large", large, _time.GetTimestamp(), out _, out _));
    }

    private ComposedKey Put(string logical, string value)
    {
        var key = Compose(logical, generation: 1);
        _store.Put(key, value, _time.GetTimestamp());
        return key;
    }

    private ComposedKey Compose(string logical, long generation) =>
        _composer.Compose(logical, null, ["t"], new DatabaseIdentity(1, 1, 1), ["t"], [generation], session: null, [], _time.GetUtcNow());

    private string? Find(CacheLayer layer, ComposedKey key, ComposedKey? current, long confirmedAt) =>
        _store.TryGet<string>(layer, key.Logical, current, confirmedAt, out var value, out _) ? value : null;
}
