using Connect.Caching.Generations;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Generations;

public sealed class HeardGenerationsTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Wait_ends_with_the_notification_of_its_row_and_generation_or_with_its_bound()
    {
        var heard = new HeardGenerations(_time);
        using var waiter = heard.Expect("t", 2);
        heard.Add("t", 1);
        heard.Add("other", 2);
        Assert.False(await waiter.WaitAsync(TimeSpan.Zero));
        var waiting = waiter.WaitAsync(Bound);
        Assert.False(waiting.IsCompleted);
        _time.Advance(Bound);
        Assert.False(await waiting);

        heard.Add("t", 2);

        Assert.True(await waiter.WaitAsync(TimeSpan.Zero));
        using var late = heard.Expect("t", 2);
        Assert.True(await late.WaitAsync(Bound));
    }

    [Fact]
    public async Task Notifications_are_forgotten_when_there_are_too_many()
    {
        var heard = new HeardGenerations(_time);
        for (var row = 0; row < 10_000; row++)
        {
            heard.Add($"t{row}", 1);
        }

        Assert.True(await IsHeardAsync("t0"));
        heard.Add("last", 1);

        Assert.False(await IsHeardAsync("t0"));
        Assert.True(await IsHeardAsync("last"));

        async Task<bool> IsHeardAsync(string row)
        {
            using var waiter = heard.Expect(row, 1);
            return await waiter.WaitAsync(TimeSpan.Zero);
        }
    }
}
