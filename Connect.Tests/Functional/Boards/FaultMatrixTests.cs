using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Ingestion;

namespace Connect.Tests.Functional.Boards;

/// <summary>
/// Every fault of the simulator, on every board, at four moments: how the run ends, what it may change, and that the next one
/// without a fault brings the database to what the boards have really published.
/// </summary>
public sealed class FaultMatrixTests(RunningApplication application)
{
    private const int Lasting = 10_000;

    /// <summary>One announcement more than this has been read when the fault begins: the list and two details.</summary>
    private const int Middle = 3;

    private const ScrapeStatus Succeeded = ScrapeStatus.Succeeded;
    private const ScrapeStatus Suspicious = ScrapeStatus.Suspicious;
    private const ScrapeStatus Failed = ScrapeStatus.Failed;

    private static readonly Agency[] All = BoardsHarness.Agencies;

    /// <summary>
    /// Kind; how a run ends when the first list has it once; rows lost when one detail has it once; how a run ends when it
    /// lasts from the start, and when it lasts from the middle of the first page's details (null: not with success).
    /// </summary>
    public static TheoryData<string, ScrapeStatus, int, ScrapeStatus, ScrapeStatus?> Kinds => new()
    {
        { "status404", Failed, 1, Failed, null },
        { "truncated", Succeeded, 0, Failed, Failed },
        { "status429", Succeeded, 0, Failed, Failed },
        { "status500", Succeeded, 0, Failed, Failed },
        { "timeout", Succeeded, 0, Failed, Failed },
        { "slow", Succeeded, 0, Succeeded, Succeeded },
        { "oversized", Failed, 1, Failed, Failed },
        { "garbage", Suspicious, 1, Suspicious, Suspicious },
        { "redirectOffsite", Failed, 1, Failed, Failed },
    };

    [Theory]
    [InlineData("emptyList", Suspicious, 0, Suspicious, Succeeded)]
    [InlineData("changedLayout", Suspicious, 1, Suspicious, Suspicious)]
    public Task Run_ends_as_it_should_and_loses_nothing_when_boards_have_a_fault(
        string kind, ScrapeStatus listOnce, int detailOnce, ScrapeStatus lasting, ScrapeStatus? lastingFromMiddle) =>
        CheckAsync(kind, listOnce, detailOnce, lasting, lastingFromMiddle);

    [Theory(Explicit = true)]
    [MemberData(nameof(Kinds))]
    public Task Run_ends_as_it_should_and_loses_nothing_whatever_fault_boards_have(
        string kind, ScrapeStatus listOnce, int detailOnce, ScrapeStatus lasting, ScrapeStatus? lastingFromMiddle) =>
        CheckAsync(kind, listOnce, detailOnce, lasting, lastingFromMiddle);

    private async Task CheckAsync(string kind, ScrapeStatus listOnce, int detailOnce, ScrapeStatus lasting, ScrapeStatus? lastingFromMiddle)
    {
        await using var boards = new BoardsHarness(programs: 75, settings: kind == "timeout" ? ShortTimeouts() : null);
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, [.. All.Select(boards.Source)]);
        Assert.All(await RunAsync(harness), run => Assert.Equal((Succeeded, 0), (run.Status, run.Failed)));
        await AssertStoredAsync(harness, boards);

        await CheckAsync(boards, harness, new(kind, Count: 1, After: 0, listOnce, RowsLost: 0));
        await CheckAsync(boards, harness, new(kind, Count: 1, Middle, Succeeded, detailOnce));
        await CheckAsync(boards, harness, new(kind, Lasting, After: 0, lasting, RowsLost: 0));
        await CheckAsync(boards, harness, new(kind, Lasting, Middle, lastingFromMiddle, RowsLost: 0));
    }

    private static async Task CheckAsync(BoardsHarness boards, IngestionHarness harness, Fault fault)
    {
        await boards.AdvanceAsync(announce: 4, changed: 5, closed: 2, withdrawn: 2, reposted: 2, moved: 2);
        var (programs, generations) = (await DescribeAsync(harness), await harness.GenerationsAsync());
        foreach (var agency in All)
        {
            await boards.FailAsync(agency, fault.Kind, fault.Count, fault.After);
        }

        var runs = await RunAsync(harness);

        var published = (await boards.StateAsync()).CountBy(row => row.Board).ToDictionary();
        Assert.All(runs, run =>
        {
            var expected = IsOneOfSeveral(fault, run.Agency) ? Succeeded : fault.Status;
            Assert.True(expected is { } status ? run.Status == status : run.Status != Succeeded, $"{fault}: {run.Agency} {run.Status} {run.Error}");
            Assert.Equal(run.Status == Succeeded, run.Error is null);
            if (run.Status == Succeeded && fault.Kind != "emptyList")
            {
                // KIMST has no detail pages: a single fault of IRIS' has passed when it comes to those.
                var lost = run.Agency == Agency.KIMST ? 0 : fault.RowsLost;
                Assert.Equal((published[run.Agency.ToString()], lost), (run.Found + run.Failed, run.Failed));
            }
        });
        if (runs.TrueForAll(run => run.Status != Succeeded))
        {
            Assert.Equal(programs, await DescribeAsync(harness));
            Assert.Equal(generations, await harness.GenerationsAsync());
        }

        using var cleared = await boards.Control.DeleteAsync("/_simulator/faults", TestContext.Current.CancellationToken);
        Assert.All(await RunAsync(harness), run => Assert.Equal((Succeeded, 0), (run.Status, run.Failed)));
        await AssertStoredAsync(harness, boards);
        var evicted = await harness.GenerationsAsync();
        Assert.All(await RunAsync(harness), run => Assert.Equal((Succeeded, 0, 0, 0), (run.Status, run.New, run.Changed, run.Vanished)));
        Assert.Equal(evicted, await harness.GenerationsAsync());
    }

    // IRIS first, so that its faults are its own, and not those of KIMST, whose rows lead there.
    private static async Task<List<ScrapeRun>> RunAsync(IngestionHarness harness) =>
        [await harness.RunAsync(Agency.IRIS), .. await Task.WhenAll(All.Where(static agency => agency != Agency.IRIS).Select(harness.RunAsync))];

    // Of the three lists that IRIS keeps apart, one that is empty once is no reason to suspect it: what it misses is checked.
    private static bool IsOneOfSeveral(Fault fault, Agency agency) => fault is { Kind: "emptyList", Count: 1 } && agency == Agency.IRIS;

    private static async Task AssertStoredAsync(IngestionHarness harness, BoardsHarness boards)
    {
        await using var context = harness.CreateContext();
        await PublishedBoards.AssertStoredAsync(context, await boards.StateAsync());
    }

    private static async Task<List<string>> DescribeAsync(IngestionHarness harness) =>
        (await harness.ProgramsAsync()).ConvertAll(program => $"{program.Id} {program.Fingerprint} {program.Status} {program.UpdatedAt:O} {program.AnnouncementUrl}");

    // A page that does not arrive is tried three times up to its time-out; without such a fault, time-outs must not
    // matter.
    private static Dictionary<string, string?> ShortTimeouts() =>
        All.ToDictionary(agency => $"Sources:{agency}:PageTimeout", string? (_) => "00:00:00.300");

    private sealed record Fault(string Kind, int Count, int After, ScrapeStatus? Status, int RowsLost);
}
