using Connect.Caching.Generations;
using Connect.Caching.Layers;

namespace Connect.Tests.Unit.Caching;

public sealed class CacheTagsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("#slot:1")]
    [InlineData("#*")]
    public void Tag_is_refused_when_blank_or_reserved(string tag) => Assert.Throws<ArgumentException>(() => CacheTags.Validate(tag));

    [Fact]
    public void Tag_is_refused_when_a_notification_could_not_carry_it()
    {
        CacheTags.Validate(new string('가', CacheTags.MaxLength));

        Assert.Throws<ArgumentException>(() => CacheTags.Validate(new string('a', CacheTags.MaxLength + 1)));
    }

    [Fact]
    public void Counters_of_everything_and_of_slots_cannot_be_named_by_a_tag()
    {
        Assert.Throws<ArgumentException>(() => CacheTags.Validate(CacheTags.RowOf(CacheTags.Everything)));
        Assert.Throws<ArgumentException>(() => CacheTags.Validate(CacheTags.SlotRowOf("key")));
        Assert.Equal("programs", CacheTags.RowOf("programs"));
    }

    [Fact]
    public void Slot_of_a_key_is_the_same_in_every_process() => Assert.Equal("#slot:808", CacheTags.SlotRowOf("match:org:1:results"));

    [Theory]
    [InlineData("1763894000000000 programs", true, "programs", 1763894000000000)]
    [InlineData("5 org:with space", true, "org:with space", 5)]
    [InlineData("programs", false, "", 0)]
    [InlineData("", false, "", 0)]
    [InlineData("x programs", false, "", 0)]
    [InlineData("-5 programs", false, "", 0)]
    public void Notification_is_taken_apart_or_ignored(string payload, bool isOne, string counter, long generation)
    {
        Assert.Equal(isOne, GenerationStore.TryParseNotification(payload, out var heardCounter, out var heardGeneration));
        Assert.Equal((counter, generation), (heardCounter, heardGeneration));
    }
}
