using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests.Contract;

/// <summary>What removes values, of this library and of the stock cache, seen from one instance.</summary>
public sealed class EvictionTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Caches => CacheUnderTest.All;

    private static string[] ImpossibleTags { get; } = ["", " ", "#*", "a\0b", "\ud800", "a\udc00b", "a\ud800", new string('t', 201)];

    private static string[] StrangeTexts { get; } = ["a", "with spaces and : colons", "한국어 태그", "'; drop table cache_generations; --", "{0}{1}"];

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Tag_evicts_its_entries_and_no_others(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        await ReadAsync(tested, "a", 1, "red", "both");
        await ReadAsync(tested, "b", 1, "blue", "both");

        await tested.Cache.RemoveByTagAsync("red", Token);

        Assert.Equal((2, 1), (await ReadAsync(tested, "a", 2, "red", "both"), await ReadAsync(tested, "b", 2, "blue", "both")));
        await tested.Cache.RemoveByTagAsync(["both", "unknown"], Token);
        Assert.Equal((3, 3), (await ReadAsync(tested, "a", 3, "red", "both"), await ReadAsync(tested, "b", 3, "blue", "both")));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Star_evicts_everything(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        await ReadAsync(tested, "a", 1, "red");
        await ReadAsync(tested, "b", 1);

        await tested.Cache.RemoveByTagAsync("*", Token);

        Assert.Equal((2, 2), (await ReadAsync(tested, "a", 2, "red"), await ReadAsync(tested, "b", 2)));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Removed_key_is_computed_anew(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        await ReadAsync(tested, "a", 1);

        await tested.Cache.RemoveAsync("a", Token);

        Assert.Equal(2, await ReadAsync(tested, "a", 2));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Value_that_was_set_is_read_and_replaced(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        await tested.Cache.SetAsync("a", 1, tags: ["t"], cancellationToken: Token);
        Assert.Equal(1, await ReadAsync(tested, "a", 9, "t"));

        await tested.Cache.SetAsync("a", 2, tags: ["t"], cancellationToken: Token);
        Assert.Equal(2, await ReadAsync(tested, "a", 9, "t"));

        await tested.Cache.RemoveByTagAsync("t", Token);
        Assert.Equal(3, await ReadAsync(tested, "a", 3, "t"));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task Tags_and_keys_of_every_kind_are_themselves(string name)
    {
        await using var tested = await CacheUnderTest.StartAsync(name, servers);
        foreach (var text in StrangeTexts)
        {
            await ReadAsync(tested, $"key {text}", 1, text);
            await ReadAsync(tested, $"other {text}", 1, $"{text}x");

            await tested.Cache.RemoveByTagAsync(text, Token);

            Assert.Equal(
                (text, 2, 1), (text, await ReadAsync(tested, $"key {text}", 2, text), await ReadAsync(tested, $"other {text}", 2, $"{text}x")));
        }
    }

    [Fact]
    public async Task Impossible_tag_is_refused()
    {
        await using var tested = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);
        foreach (var tag in ImpossibleTags)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ReadAsync(tested, "a", 1, tag));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await tested.Cache.RemoveByTagAsync(tag, Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await tested.Cache.SetAsync("a", 1, tags: [tag], cancellationToken: Token));
        }
    }

    private static ValueTask<int> ReadAsync(CacheUnderTest tested, string key, int value, params string[] tags) => tested.Cache.GetOrCreateAsync(
        key, _ => new ValueTask<int>(value), tags: tags, cancellationToken: Token);
}
