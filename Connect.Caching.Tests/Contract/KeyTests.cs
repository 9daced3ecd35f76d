using System.Globalization;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Contract;

/// <summary>Keys of every kind, and the collections that callers give.</summary>
public sealed class KeyTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Caches => CacheUnderTest.All;

    private static string[] CacheableKeys { get; } =
    [
        "a", "with spaces, 'quotes' and : colons", "한국어 키", "🚀", "half a pair: \ud800", "*", "#*", "a@b", "a~1", "{0}", new string('k', 1024),
    ];

    private static string[] OtherKeys { get; } = ["", " ", "\t", "a\nb", "a\0b", "a\u001f", new string('k', 1025)];

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Key_is_cached(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        foreach (var key in CacheableKeys)
        {
            Assert.Equal((key, 1, 1), (key, await ReadAsync(tested, key, 1), await ReadAsync(tested, key, 2)));

            await tested.Cache.SetAsync(key, 3, cancellationToken: Token);
            Assert.Equal((key, 3), (key, await ReadAsync(tested, key, 4)));

            await tested.Cache.RemoveAsync(key, Token);
            Assert.Equal((key, 5), (key, await ReadAsync(tested, key, 5)));
        }
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Key_is_not_cached_and_its_value_is_computed_on_every_read(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var forbidden = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };
        foreach (var key in OtherKeys)
        {
            await tested.Cache.SetAsync(key, 3, cancellationToken: Token);
            Assert.Equal((key, 1, 2), (key, await ReadAsync(tested, key, 1), await ReadAsync(tested, key, 2)));

            await tested.Cache.RemoveAsync(key, Token);
            Assert.Equal(0, await tested.Cache.GetOrCreateAsync(key, _ => new ValueTask<int>(4), forbidden, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Null_is_no_key_for_any_method()
    {
        await using var tested = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await ReadAsync(tested, null!, 1));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await tested.Cache.SetAsync(null!, 1, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await tested.Cache.RemoveAsync((string)null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await tested.Cache.RemoveAsync(["a", null!], Token));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Collection_that_is_null_is_an_empty_one(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        await ReadAsync(tested, "a", 1, "t");

        await tested.Cache.RemoveAsync((IEnumerable<string>)null!, Token);
        await tested.Cache.RemoveByTagAsync((IEnumerable<string>)null!, Token);
        await tested.Cache.RemoveAsync([], Token);
        await tested.Cache.RemoveByTagAsync([], Token);

        Assert.Equal(1, await ReadAsync(tested, "a", 2, "t"));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Array_of_tags_is_the_callers_own_afterwards(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        string[] tags = ["red"];
        await ReadAsync(tested, "a", 1, tags);
        tags[0] = "blue";

        await tested.Cache.RemoveByTagAsync("blue", Token);
        Assert.Equal(1, await ReadAsync(tested, "a", 2, "red"));

        await tested.Cache.RemoveByTagAsync("red", Token);
        Assert.Equal(3, await ReadAsync(tested, "a", 3, "red"));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Array_of_tags_is_read_before_a_read_waits(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        var released = new TaskCompletionSource();
        string[] tags = ["red"];
        var read = tested.Cache.GetOrCreateAsync(
            "a",
            async _ =>
            {
                await released.Task;
                return 1;
            },
            tags: tags, cancellationToken: Token);
        tags[0] = "blue";
        released.SetResult();

        Assert.Equal((1, 1), (await read, await ReadAsync(tested, "a", 2, "red")));
        await tested.Cache.RemoveByTagAsync("red", Token);
        Assert.Equal(3, await ReadAsync(tested, "a", 3, "red"));
    }

    [Fact]
    public async Task Sequence_of_tags_is_enumerated_once_a_read()
    {
        await using var tested = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);
        var enumerations = 0;
        for (var read = 1; read <= 3; read++)
        {
            await tested.Cache.GetOrCreateAsync("a", _ => new ValueTask<int>(1), tags: Tags(), cancellationToken: Token);
            Assert.Equal(read, enumerations);
        }

        IEnumerable<string> Tags()
        {
            enumerations++;
            yield return "red";
            yield return "blue";
        }
    }

    [Fact]
    public async Task Key_that_looks_like_the_successor_of_another_is_a_key_of_its_own()
    {
        await using var tested = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);
        var past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var reads = 0;
        var value = await tested.Cache.GetOrCreateAsync(
            "a", _ => new ValueTask<Expiring>(new Expiring("a", ++reads == 1 ? past : null)), cancellationToken: Token);
        Assert.Equal(("a", 2), (value.Text, reads));

        var other = string.Create(CultureInfo.InvariantCulture, $"a~{past.ToUnixTimeMilliseconds()}");
        value = await tested.Cache.GetOrCreateAsync(other, _ => new ValueTask<Expiring>(new Expiring("other", null)), cancellationToken: Token);
        Assert.Equal("other", value.Text);
    }

    private static ValueTask<int> ReadAsync(CacheUnderTest tested, string key, int value, params string[] tags) => tested.Cache.GetOrCreateAsync(
        key, _ => new ValueTask<int>(value), tags: tags, cancellationToken: Token);

    private sealed record Expiring(string Text, DateTimeOffset? ValidUntil) : IExpiringValue;
}
