using Connect.Testing.Faults;
using Connect.Testing.Instances;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed;

/// <summary>A change and its eviction are one transaction, at whichever step the process is killed.</summary>
public sealed class WriterDeathTests(RunningApplication application)
{
    [Fact]
    public Task Change_and_eviction_are_both_there_or_neither_when_the_writer_dies() =>
        DieAsync([SuddenDeath.Bumped, SuddenDeath.Committing, SuddenDeath.Committed]);

    /// <summary>Every step, the one that is a matter of microseconds more often.</summary>
    [Fact(Explicit = true)]
    public Task Change_and_eviction_are_both_there_or_neither_in_many_deaths() =>
        DieAsync([.. SuddenDeath.Steps, .. SuddenDeath.Steps, .. Enumerable.Repeat(SuddenDeath.Committing, 8)]);

    private async Task DieAsync(string[] deaths)
    {
        await using var instances = await TwoCacheProcesses.StartAsync(application, CacheInstance.Generational);
        Assert.Equal("1", await instances.Reader.AskAsync("get"));

        for (var death = 0; death < deaths.Length; death++)
        {
            var step = deaths[death];
            var before = await instances.LookAsync();
            await instances.DieAsync($"change {death + 2} {step}");

            // A COMMIT that was sent may still be carried out: the reader must come to the value that is committed in the end.
            var after = before;
            await TestInstance.EventuallyAsync(async () =>
            {
                after = await instances.LookAsync();
                return await instances.Reader.AskAsync("get") == after.Value;
            });
            Assert.Equal(after.Value, await instances.Reader.AskAsync("get-redis"));
            Assert.Equal(after.Value != before.Value, after.Generation != before.Generation);
            Assert.True(step is SuddenDeath.Committing || (after != before) == step is SuddenDeath.Committed or SuddenDeath.Applied);
        }
    }
}
