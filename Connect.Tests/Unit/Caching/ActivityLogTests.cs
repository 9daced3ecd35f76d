using Connect.Data.Organizations;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Caching;

public sealed class ActivityLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Guid _organization = Guid.CreateVersion7();

    [Fact]
    public void Noting_again_allocates_nothing()
    {
        var log = new ActivityLog(_time, capacity: 10);
        log.Note(_organization);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var note = 0; note < 1000; note++)
        {
            log.Note(_organization);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void What_is_noted_while_it_is_stored_stays_for_the_next_time()
    {
        var log = new ActivityLog(_time, capacity: 10);
        log.Note(_organization);
        var stored = log.Read();
        _time.Advance(TimeSpan.FromSeconds(2));
        log.Note(_organization);

        log.Forget(stored);

        var left = Assert.Single(log.Read());
        Assert.True(left.Value > stored[0].Value);
        log.Forget(log.Read());
        Assert.Empty(log.Read());
    }

    [Fact]
    public void Bound_holds_and_makes_room_again()
    {
        var log = new ActivityLog(_time, capacity: 10);
        for (var note = 0; note < 100; note++)
        {
            log.Note(Guid.CreateVersion7());
        }

        Assert.Equal(10, log.Read().Length);
        log.Forget(log.Read());
        log.Note(_organization);

        Assert.Equal(_organization, Assert.Single(log.Read()).Key);
    }
}
