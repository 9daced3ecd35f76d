using Connect.Caching.Layers;

namespace Connect.Caching.Tests.Layers;

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

    [Fact]
    public void Tag_is_refused_when_the_database_could_not_store_it()
    {
        CacheTags.Validate("🚀");

        Assert.Throws<ArgumentException>(() => CacheTags.Validate("a\0"));
        Assert.Throws<ArgumentException>(() => CacheTags.Validate("\ud83d"));
    }

    [Fact]
    public void Reports_name_tags_and_their_families()
    {
        Assert.Equal(["*", "key", "org:1"], ((string[])["#*", "#slot:7", "org:1"]).Select(CacheTags.TagOf));
        Assert.Equal(["org", "", "programs"], ((string[])["org:1:x", ":1", "programs"]).Select(CacheTags.FamilyOf));
    }
}
