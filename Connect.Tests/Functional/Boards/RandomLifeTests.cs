using Connect.Data.Model;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Ingestion;

namespace Connect.Tests.Functional.Boards;

/// <summary>Boards change and fail at random, and are read at random: after any history, the next good runs store their state.</summary>
public sealed class RandomLifeTests(RunningApplication application)
{
    private const int Steps = 8;

    private static readonly string[] Faults = ["status404", "status500", "truncated", "garbage", "emptyList", "changedLayout", "redirectOffsite"];

    [Fact]
    public Task Database_agrees_with_the_boards_whatever_has_happened_to_them() => LiveAsync(seed: 1);

    [Theory(Explicit = true)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task Database_agrees_with_the_boards_in_more_lives(int seed) => LiveAsync(seed);

    private async Task LiveAsync(int seed)
    {
        var random = new Random(seed);
        await using var boards = new BoardsHarness(programs: 90);
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, [.. BoardsHarness.Agencies.Select(boards.Source)]);
        for (var step = 0; step < Steps; step++)
        {
            await boards.AdvanceAsync(
                random.Next(6), random.Next(6), random.Next(3), withdrawn: random.Next(3), reposted: random.Next(3), moved: random.Next(3));
            var agencies = BoardsHarness.Agencies;
            random.Shuffle(agencies);
            foreach (var agency in agencies.Take(random.Next(1, agencies.Length + 1)))
            {
                if (random.Next(3) == 0)
                {
                    await boards.FailAsync(agency, Faults[random.Next(Faults.Length)], random.Next(1, 5), after: random.Next(12));
                }

                await harness.RunAsync(agency);
            }
        }

        using var cleared = await boards.Control.DeleteAsync("/_simulator/faults", TestContext.Current.CancellationToken);
        foreach (var agency in BoardsHarness.Agencies)
        {
            var run = await harness.RunAsync(agency);
            Assert.True((run.Status, run.Failed) == (ScrapeStatus.Succeeded, 0), $"seed {seed}: {agency} {run.Status} {run.Error}");
        }

        await using var context = harness.CreateContext();
        await PublishedBoards.AssertStoredAsync(context, await boards.StateAsync());
        var generations = await harness.GenerationsAsync();
        foreach (var agency in BoardsHarness.Agencies)
        {
            var run = await harness.RunAsync(agency);
            Assert.True((run.New, run.Changed, run.Vanished, run.Reposted) == (0, 0, 0, 0), $"seed {seed}: {agency} found a change where none was");
        }

        Assert.Equal(generations, await harness.GenerationsAsync());
    }
}
