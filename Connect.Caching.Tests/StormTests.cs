using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;

namespace Connect.Caching.Tests;

/// <summary>Many at once, in a short form and in a longer one.</summary>
public sealed class StormTests(Servers servers)
{
    [Fact]
    public Task Callers_of_many_keys_at_once_get_their_own_values() => StormAsync(rounds: 1);

    [Fact(Explicit = true)]
    public Task Callers_of_many_keys_at_once_get_their_own_values_twenty_times() => StormAsync(rounds: 20);

    [Fact]
    public async Task Callers_who_come_while_a_computation_ends_compute_nothing()
    {
        // Without Redis, which has the value a moment later.
        const int Rounds = 10_000;
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        var computed = 0;
        using var together = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, together.ParticipantCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    together.SignalAndWait(TestInstance.Token);
                    instance.ReadAsync($"k{round}", () => Interlocked.Increment(ref computed), "all").AsTask().GetAwaiter().GetResult();
                }
            },
            TestInstance.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Rounds, computed);
    }

    private async Task StormAsync(int rounds)
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), new RecordingCache());
        for (var round = 0; round < rounds; round++)
        {
            var current = round;
            var values = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(
                caller => instance.ReadAsync($"k{caller % 100}", () => (current * 1000) + (caller % 100), "all").AsTask()));
            Assert.Equal(Enumerable.Range(0, 10_000).Select(caller => (current * 1000) + (caller % 100)), values);
            await instance.EvictAsync("all");
        }
    }
}
