using System.Diagnostics;
using Connect.Caching.Tests.Instances;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

/// <summary>Many tags that an instance does not know yet, at once: what a busy instance meets after its listener reconnected.</summary>
public sealed class BurstTests(Servers servers)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public Task Burst_of_new_tags_fails_no_read(int pool) => BurstAsync(10_000, pool, rounds: 1);

    [Theory(Explicit = true)]
    [InlineData(10_000, 10)]
    [InlineData(10_000, 100)]
    [InlineData(50_000, 10)]
    [InlineData(50_000, 100)]
    public Task Burst_of_new_tags_fails_no_read_in_twenty_rounds(int tags, int pool) => BurstAsync(tags, pool, rounds: 20);

    private async Task BurstAsync(int tags, int pool, int rounds)
    {
        var database = new NpgsqlConnectionStringBuilder(servers.NewDatabase()) { MaxPoolSize = pool }.ConnectionString;
        await using var instance = await TestInstance.StartAsync(database, settings: new() { ["GenerationsTimeoutSeconds"] = "1" });
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var burst = round;
            var startedAt = Stopwatch.GetTimestamp();
            var values = await Task.WhenAll(Enumerable.Range(0, tags).Select(number => instance.ReadAsync(
                $"k{burst}:{number}", () => number, $"t{burst}:{number}").AsTask()));
            var elapsed = Stopwatch.GetElapsedTime(startedAt);

            Assert.Equal(Enumerable.Range(0, tags), values);
            slowest = elapsed > slowest ? elapsed : slowest;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{tags} tags, pool of {pool}, {rounds} rounds: slowest {slowest.TotalMilliseconds:F0} ms");

        // The time of one round on a machine that is busy with other tests is not the cache's.
        Assert.True(rounds == 1 || slowest <= Limit, $"A round took {slowest}.");
    }
}
