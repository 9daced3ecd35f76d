using System.Text.Json.Nodes;
using Connect.Api.Corrections;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Programs with several rounds and with replaced periods, from the page to the stored program.</summary>
public sealed class RoundsTests(RunningApplication application)
{
    private const string Rounds = "1차 2026.05.20 ~ 06.10, 2차 2026.07.01 ~ 07.20 18:00, 3차 2026.09.01 ~ 09.15";
    private const string ByHand = "2026-06-20T18:00:00+09:00";

    private static readonly DateTimeOffset FirstEnd = Korean("2026-06-10T23:59:59");
    private static readonly (DateTimeOffset?, DateTimeOffset?) Second = (Korean("2026-07-01T00:00:00"), Korean("2026-07-20T18:00:00"));

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rounds_and_replaced_periods_are_stored_and_shown()
    {
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application);
        var now = IngestionHarness.Now;
        await harness.IngestAsync(Read("당초 2026.05.20 ~ 06.10 → 변경 2026.05.25 ~ 06.30", now), Announcements.Of("2026년 수소 부품 기술개발사업 공고"));
        var programs = (await harness.ProgramsAsync()).ToDictionary(program => program.Periods.Length);
        ApplicationPeriod[] expected =
        [
            new(Korean("2026-05-20T00:00:00"), FirstEnd, IsReplaced: true),
            new(Korean("2026-05-25T00:00:00"), Korean("2026-06-30T23:59:59"), IsReplaced: false),
        ];
        Assert.Equal(expected, programs[2].Periods);

        await using var instances = new ApiInstances(harness.ConnectionString, (await application.GetRedisAsync())!);
        var user = await new ApiClient((await instances.HostAsync()).Address).SignUpAsync();
        var detail = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs/{programs[2].Id}"));
        var other = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/programs/{programs[0].Id}"));

        var shown = JsonNode.Parse("""
            [
                { "start": "2026-05-20T00:00:00+09:00", "end": "2026-06-10T23:59:59+09:00", "replaced": true },
                { "start": "2026-05-25T00:00:00+09:00", "end": "2026-06-30T23:59:59+09:00", "replaced": false }
            ]
            """);
        Assert.True(JsonNode.DeepEquals(shown, detail["periods"]), detail["periods"]!.ToJsonString());
        Assert.Empty(other["periods"]!.AsArray());
    }

    [Fact]
    public async Task Next_round_counts_when_the_first_has_ended()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        var before = await harness.GenerationsAsync();
        await harness.ForgetWarmingsAsync();
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);

        await ExpireAsync(harness);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Active, Second, 3), (program.Status, (program.ApplicationStart, program.Deadline), program.Periods.Length));
        var change = Assert.Single(await harness.ChangesAsync());
        Assert.Equal((program.Id, ProgramChangeKind.Changed, null, FirstEnd.AddMinutes(5)), (change.ProgramId, change.Kind, change.RunId, change.ChangedAt));
        Assert.Equal(
            [
                new("application_start", "2026-05-20T00:00:00+09:00", "2026-07-01T00:00:00+09:00"),
                new FieldChange("deadline", "2026-06-10T23:59:59+09:00", "2026-07-20T18:00:00+09:00"),
            ],
            change.Fields);
        await AssertEvictedAsync(harness, before);
        Assert.Equal([(WarmingTrigger.Expiry, 1)], await harness.QueuedWarmingsAsync());
    }

    [Fact]
    public async Task Program_expires_when_its_last_round_has_ended()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        harness.Advance(TimeSpan.FromDays(40));
        await ExpireAsync(harness);
        harness.Advance(TimeSpan.FromDays(40));
        await ExpireAsync(harness);
        Assert.Equal(Korean("2026-09-15T23:59:59"), Assert.Single(await harness.ProgramsAsync()).Deadline);
        var before = await harness.GenerationsAsync();
        harness.Advance(TimeSpan.FromDays(40));

        await ExpireAsync(harness);

        Assert.Equal(ProgramStatus.Expired, Assert.Single(await harness.ProgramsAsync()).Status);
        Assert.Equal(2, (await harness.ChangesAsync()).Count);
        await AssertEvictedAsync(harness, before);
    }

    [Fact]
    public async Task Nothing_changes_when_the_page_is_read_again_in_the_next_round()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);
        await ExpireAsync(harness);
        var before = await harness.GenerationsAsync();

        var result = await harness.IngestAsync(Read(Rounds, FirstEnd.AddMinutes(10)));
        await ExpireAsync(harness);

        Assert.Equal(new MergeCounts(0, 0, 1), result);
        Assert.Equal(before, await harness.GenerationsAsync());
        Assert.Single(await harness.ChangesAsync());
    }

    [Fact]
    public async Task Lists_alone_are_evicted_when_the_program_of_the_round_is_not_matched()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now) with { Title = "2026년 인공지능 수요조사" });
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);

        await ExpireAsync(harness);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramKind.Survey, ProgramStatus.Active, Second), (program.Kind, program.Status, (program.ApplicationStart, program.Deadline)));
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);
    }

    [Fact]
    public async Task Nothing_is_evicted_while_the_round_lasts()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        var before = await harness.GenerationsAsync();
        harness.Advance(FirstEnd - IngestionHarness.Now);

        await ExpireAsync(harness);

        Assert.Equal(before, await harness.GenerationsAsync());
        Assert.Empty(await harness.ChangesAsync());
    }

    [Fact]
    public async Task Replaced_period_is_never_the_next_round()
    {
        const string Text = "당초 2026.05.20 ~ 07.30 → 변경 2026.05.20 ~ 06.10";
        await using var harness = await CreateAsync(Read(Text, IngestionHarness.Now));
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);

        await ExpireAsync(harness);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Expired, FirstEnd), (program.Status, program.Deadline));
        Assert.Equal([true, false], program.Periods.Select(period => period.IsReplaced));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Program_does_not_go_back_when_its_page_was_read_before_the_round_ended(bool isExpiryFirst)
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        var (lease, progress) = (await harness.AddLeaseAsync(), new ScrapeProgress());
        await harness.StageAsync(lease, progress, Announcements.Row(Read(Rounds, IngestionHarness.Now)));
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);
        var before = await harness.GenerationsAsync();
        if (isExpiryFirst)
        {
            await ExpireAsync(harness);
        }

        await harness.Publisher.PublishAsync(lease, progress, CancellationToken);
        await AssertEvictedAsync(harness, before);
        before = await harness.GenerationsAsync();
        await ExpireAsync(harness);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Active, Second), (program.Status, (program.ApplicationStart, program.Deadline)));
        Assert.Single(await harness.ChangesAsync());
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task New_program_is_in_its_next_round_when_the_first_ended_before_it_was_staged()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);

        await harness.IngestAsync(Read(Rounds, IngestionHarness.Now));

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Active, Second), (program.Status, (program.ApplicationStart, program.Deadline)));
    }

    [Fact]
    public async Task Rounds_that_a_board_adds_are_a_change_with_old_and_new_periods()
    {
        await using var harness = await CreateAsync(Read("2026.05.20 ~ 06.10", IngestionHarness.Now));
        var before = await harness.GenerationsAsync();

        await harness.IngestAsync(Read("1차 2026.05.20 ~ 06.10, 2차 마감 2026.07.20", IngestionHarness.Now));
        await harness.IngestAsync(Read("당초 2026.05.20 ~ 06.05, 변경 2026.05.20 ~ 06.10", IngestionHarness.Now));

        var changes = await harness.ChangesAsync();
        const string First = "2026-05-20T00:00:00+09:00/2026-06-10T23:59:59+09:00";
        Assert.Equal(
            [
                new FieldChange("periods", null, $"{First} | /2026-07-20T23:59:59+09:00"),
                new FieldChange("periods", $"{First} | /2026-07-20T23:59:59+09:00", $"replaced 2026-05-20T00:00:00+09:00/2026-06-05T23:59:59+09:00 | {First}"),
            ],
            changes.Select(change => Assert.Single(change.Fields)));
        await AssertEvictedAsync(harness, before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deadline_that_is_set_by_hand_stays_and_next_round_is_no_conflict(bool isExpiryFirst)
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        await CorrectAsync(harness);
        harness.Advance(FirstEnd.AddMinutes(5) - IngestionHarness.Now);
        if (isExpiryFirst)
        {
            await ExpireAsync(harness);
        }

        var result = await harness.IngestAsync(Read(Rounds, FirstEnd.AddMinutes(5)));
        await ExpireAsync(harness);

        Assert.Equal(new MergeCounts(0, 0, 1), result);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Active, (Second.Item1, Korean(ByHand[..19]))), (program.Status, (program.ApplicationStart, program.Deadline)));
        var correction = await FindCorrectionAsync(harness);
        Assert.Equal((ByHand, "2026-07-20T18:00:00+09:00", null), (correction.Value, correction.BoardValue, correction.ConflictAt));
        Assert.Equal(["application_start"], (await harness.ChangesAsync())[^1].Fields.Select(field => field.Field));
    }

    [Fact]
    public async Task Program_expires_at_a_deadline_that_is_set_by_hand_though_another_round_follows()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        await CorrectAsync(harness);
        harness.Advance(Korean(ByHand[..19]).AddMinutes(5) - IngestionHarness.Now);

        await ExpireAsync(harness);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Expired, Korean(ByHand[..19])), (program.Status, program.Deadline));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deadline_that_is_given_back_is_that_of_the_present_round(bool isExpiryFirst)
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        await CorrectAsync(harness);
        var now = FirstEnd.AddMinutes(5).ToUniversalTime();
        harness.Advance(now - IngestionHarness.Now);
        if (isExpiryFirst)
        {
            await ExpireAsync(harness);
        }

        var id = Assert.Single(await harness.ProgramsAsync()).Id;
        await harness.Get<CacheTransaction<ConnectDbContext>>().ExecuteAsync(
            (context, token) => CorrectionWrites.RemoveAsync(context, id, CorrectedField.Deadline, now, token), CancellationToken);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramStatus.Active, Second), (program.Status, (program.ApplicationStart, program.Deadline)));
        Assert.Contains(new FieldChange("deadline", ByHand, "2026-07-20T18:00:00+09:00"), (await harness.ChangesAsync())[^1].Fields);
        Assert.Equal(new MergeCounts(0, 0, 1), await harness.IngestAsync(Read(Rounds, now)));
    }

    [Fact]
    public async Task Boards_change_of_the_rounds_is_a_conflict_with_a_deadline_that_is_set_by_hand()
    {
        await using var harness = await CreateAsync(Read(Rounds, IngestionHarness.Now));
        await CorrectAsync(harness);

        await harness.IngestAsync(Read(Rounds.Replace("06.10", "06.12", StringComparison.Ordinal), IngestionHarness.Now));

        Assert.Equal(Korean("2026-06-12T23:59:59"), Assert.Single(await harness.ProgramsAsync()).Deadline);
        Assert.Equal(IngestionHarness.Now, (await FindCorrectionAsync(harness)).ConflictAt);
        harness.Advance(TimeSpan.FromDays(20));
        await ExpireAsync(harness);
        Assert.Equal(Second.Item2, Assert.Single(await harness.ProgramsAsync()).Deadline);
    }

    private static Task ExpireAsync(IngestionHarness harness) =>
        harness.Create<ExpireProgramsJob>().Execute(null!, CancellationToken).AsTask();

    private static async Task AssertEvictedAsync(IngestionHarness harness, Dictionary<string, long> before)
    {
        var after = await harness.GenerationsAsync();
        Assert.All((string[])[ConnectTags.Programs, ConnectTags.Matches], tag => Assert.True(after[tag] > before.GetValueOrDefault(tag)));
    }

    private static async Task CorrectAsync(IngestionHarness harness)
    {
        var id = Assert.Single(await harness.ProgramsAsync()).Id;
        var patch = new JsonObject { ["deadline"] = ByHand, ["reason"] = "공고문과 다릅니다" };
        var outcome = await harness.Get<CacheTransaction<ConnectDbContext>>().ExecuteAsync(
            (context, token) => CorrectionWrites.SetAsync(context, id, patch, Guid.CreateVersion7(), IngestionHarness.Now, token), CancellationToken);
        Assert.NotNull(outcome.Corrections);
    }

    private static async Task<ProgramCorrection> FindCorrectionAsync(IngestionHarness harness)
    {
        await using var context = harness.CreateContext();
        return await context.ProgramCorrections.AsNoTracking().SingleAsync(CancellationToken);
    }

    // A page that states a period, as it is read at a moment.
    private static ScrapedAnnouncement Read(string period, DateTimeOffset now)
    {
        var announcement = Announcements.Of();
        var window = AnnouncementComposer.Compose(
            announcement.Agency,
            new ListRow { Place = "page 1, row 1", Title = announcement.Title, Address = new(announcement.Url) },
            new(announcement.Title, LabelValues.From([KeyValuePair.Create("접수기간", period)]), "", []),
            new BoardOptions { BaseAddress = new("https://www.ntis.go.kr"), ListPath = "/" },
            now);
        return announcement with { ApplicationStart = window.ApplicationStart, Deadline = window.Deadline, Periods = window.Periods };
    }

    private static DateTimeOffset Korean(string text) => DateTimeOffset.Parse(text + "+09:00", null);

    private async Task<IngestionHarness> CreateAsync(ScrapedAnnouncement listed)
    {
        var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(listed);
        return harness;
    }
}
