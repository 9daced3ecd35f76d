using Connect.Caching.Invalidation;
using Connect.Caching.Layers;

namespace Connect.Caching.Tests.Invalidation;

public sealed class EvictionRecordTests
{
    private static readonly Guid Cause = Guid.CreateVersion7();

    private readonly EvictionRecord _record = new();

    [Fact]
    public void First_reason_and_first_cause_count_and_tags_are_in_order()
    {
        Assert.Equal(CacheEvictionReasons.Changed, _record.Reason);
        Assert.True(_record.IsEmpty);

        _record.Add(reason: null, causeId: null, "b");
        _record.Add("first", Cause, "a", "b");
        _record.Add("second", Guid.CreateVersion7(), "B");

        Assert.Equal(["B", "a", "b"], _record.Tags);
        Assert.Equal(("first", Cause, false), (_record.Reason, _record.CauseId, _record.IsEmpty));
        Assert.Throws<ArgumentException>(() => _record.Add("third", null, "#*"));
    }

    [Fact]
    public async Task Pooled_context_begins_with_an_empty_record()
    {
        _record.Add("first", Cause, "a");
        _record.IsInTransaction = true;

        await _record.ResetStateAsync(TestContext.Current.CancellationToken);

        Assert.Equal((CacheEvictionReasons.Changed, null, true, false), (_record.Reason, _record.CauseId, _record.IsEmpty, _record.IsInTransaction));
    }
}
