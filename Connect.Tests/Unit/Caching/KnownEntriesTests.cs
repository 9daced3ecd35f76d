using Connect.Data.Caching;

namespace Connect.Tests.Unit.Caching;

public sealed class KnownEntriesTests
{
    [Fact]
    public void Entry_is_built_once()
    {
        var entries = new KnownEntries(CacheLayers.AccessOf);
        var id = Guid.NewGuid();

        var first = entries.Of(id);

        Assert.Equal(CacheLayers.AccessOf(id).Key, first.Key);
        Assert.Equal(CacheLayers.AccessOf(id).Tags, first.Tags);
        Assert.Same(first.Key, entries.Of(id).Key);
        Assert.NotSame(first.Key, entries.Of(Guid.NewGuid()).Key);
    }

    [Fact]
    public void Entries_are_given_up_when_there_are_too_many()
    {
        var built = 0;
        var entries = new KnownEntries(id =>
        {
            built++;
            return CacheLayers.AccessOf(id);
        });
        var id = Guid.NewGuid();
        entries.Of(id);
        for (var other = 1; other < KnownEntries.Capacity; other++)
        {
            entries.Of(Guid.NewGuid());
        }

        entries.Of(id);
        Assert.Equal(KnownEntries.Capacity, built);

        entries.Of(Guid.NewGuid());
        entries.Of(id);
        Assert.Equal(KnownEntries.Capacity + 2, built);
    }
}
