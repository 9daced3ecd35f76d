using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Amounts that a program's own board does not state, and another does.</summary>
public sealed class AmountsTests(RunningApplication application)
{
    private const long Amount = 3_000_000_000;

    private static readonly ScrapedAnnouncement Own = Announcements.Of("2026년 해양 안전 핵심 기술개발 공고", Agency.KIMST) with { BudgetAmount = null };
    private static readonly ScrapedAnnouncement OnPortal = Own with { Agency = Agency.NTIS, Url = "https://www.ntis.go.kr/view.do?roRndUid=7", BudgetAmount = Amount };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Amount_is_the_portals_when_the_own_page_states_none(bool portalFirst)
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(portalFirst ? OnPortal : Own);
        var before = await harness.GenerationsAsync();

        await harness.IngestAsync(portalFirst ? Own : OnPortal);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((Agency.KIMST, Own.Url, Amount), (program.Agency, program.AnnouncementUrl, program.BudgetAmount));
        Assert.NotEqual(before, await harness.GenerationsAsync());
        before = await harness.GenerationsAsync();
        Assert.Equal((0, 0), await ReadAgainAsync(harness, Own, OnPortal));
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Amount_follows_the_board_that_states_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await ReadAgainAsync(harness, Own, OnPortal);

        Assert.Equal((0, 1), await ReadAgainAsync(harness, OnPortal with { BudgetAmount = 5 }));
        Assert.Equal(5, await AmountAsync(harness));
        Assert.Equal((0, 1), await ReadAgainAsync(harness, OnPortal with { BudgetAmount = null }));
        Assert.Null(await AmountAsync(harness));
        Assert.Equal((0, 1), await ReadAgainAsync(harness, OnPortal with { BudgetAmount = 6 }));
        Assert.Equal((0, 1), await ReadAgainAsync(harness, Own with { BudgetAmount = 7 }));
        Assert.Equal(7, await AmountAsync(harness));
        Assert.Equal((0, 0), await ReadAgainAsync(harness, OnPortal with { BudgetAmount = 8 }));
        Assert.Equal((0, 1), await ReadAgainAsync(harness, Own));
        Assert.Equal(8, await AmountAsync(harness));

        var changes = await harness.ChangesAsync();
        Assert.Equal(
            [(null, "3000000000"), ("3000000000", "5"), ("5", null), (null, "6"), ("6", "7"), ("7", "8")],
            changes.Select(change => (Assert.Single(change.Fields).Old, change.Fields[0].New)));
    }

    [Fact]
    public async Task Amount_is_the_nearest_boards_when_several_state_one()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        await ReadAgainAsync(harness, OnPortal, Own, OnPortal with { Agency = Agency.IRIS, Url = "https://www.iris.go.kr/view.do?ancmId=7", BudgetAmount = 4 });

        // The portal came first, and what it stated is kept until the own page is read again.
        Assert.Equal(Amount, await AmountAsync(harness));
        await ReadAgainAsync(harness, Own with { Description = "다른 설명" });
        Assert.Equal(4, await AmountAsync(harness));
    }

    private static async Task<(int New, int Changed)> ReadAgainAsync(IngestionHarness harness, params ScrapedAnnouncement[] announcements)
    {
        var (added, changed) = (0, 0);
        foreach (var announcement in announcements)
        {
            var counts = await harness.IngestAsync(announcement);
            (added, changed) = (added + counts.New, changed + counts.Changed);
        }

        return (added, changed);
    }

    private static async Task<long?> AmountAsync(IngestionHarness harness) => Assert.Single(await harness.ProgramsAsync()).BudgetAmount;
}
