using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

public sealed class ExpireProgramsJobTests(RunningApplication application)
{
    [Fact]
    public async Task Program_expires_and_evicts_when_its_deadline_has_passed()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(
            Announcements.Of("가"), Announcements.Of("나") with { Deadline = Announcements.Deadline.AddDays(30) },
            Announcements.Of("다") with { Deadline = null });
        var before = await harness.GenerationsAsync();
        await harness.ForgetWarmingsAsync();
        harness.Advance(TimeSpan.FromDays(70));

        await ExpireAsync(harness);

        Assert.Equal([(WarmingTrigger.Expiry, 1)], await harness.QueuedWarmingsAsync());
        Assert.Equal(
            [ProgramStatus.Expired, ProgramStatus.Active, ProgramStatus.Active], (await harness.ProgramsAsync()).Select(program => program.Status));
        var after = await harness.GenerationsAsync();
        Assert.True(after[ConnectTags.Programs] > before[ConnectTags.Programs]);
        Assert.True(after[ConnectTags.Matches] > before[ConnectTags.Matches]);
    }

    [Fact]
    public async Task Upcoming_program_expires_and_evicts_when_its_own_period_has_passed()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("2026년 로봇 기술개발사업 사전공고"), Announcements.Of("2026년 바이오 기술개발사업 사전공고") with { Deadline = null });
        var before = await harness.GenerationsAsync();
        harness.Advance(TimeSpan.FromDays(70));

        await ExpireAsync(harness);

        Assert.Equal([ProgramStatus.Expired, ProgramStatus.Upcoming], (await harness.ProgramsAsync()).Select(program => program.Status));
        Assert.True((await harness.GenerationsAsync())[ConnectTags.Matches] > before[ConnectTags.Matches]);
    }

    [Fact]
    public async Task Nothing_is_evicted_when_no_program_expires()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("가"));
        harness.Advance(Announcements.Deadline - IngestionHarness.Now);
        var before = await harness.GenerationsAsync();
        await harness.ForgetWarmingsAsync();

        await ExpireAsync(harness);

        Assert.Empty(await harness.QueuedWarmingsAsync());

        Assert.Equal(ProgramStatus.Active, Assert.Single(await harness.ProgramsAsync()).Status);
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Lists_alone_are_evicted_when_what_expires_is_not_matched()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("인공지능 기술수요조사"));
        harness.Advance(TimeSpan.FromDays(70));

        await ExpireAsync(harness);

        Assert.Equal(ProgramStatus.Expired, Assert.Single(await harness.ProgramsAsync()).Status);
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);
    }

    [Fact]
    public async Task Expired_program_is_unchanged_when_its_board_still_lists_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());
        harness.Advance(TimeSpan.FromDays(70));
        await ExpireAsync(harness);
        var before = await harness.GenerationsAsync();

        var result = await harness.IngestAsync(Announcements.Of());

        Assert.Equal(new MergeCounts(0, 0, 1), result);
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    private static async Task ExpireAsync(IngestionHarness harness) =>
        await harness.Create<ExpireProgramsJob>().Execute(null!, TestContext.Current.CancellationToken);
}
