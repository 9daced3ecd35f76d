using System.Threading.Channels;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Series;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Functional.Ingestion;

public sealed class ReclassifierTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_classified_anew_when_another_version_did_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync([.. Enumerable.Range(0, 450).Select(number => Announcements.Of($"인공지능 기술개발 제{number}차 신규과제"))]);
        await AgeAsync(harness, "update programs set classifier_version = '0', kind = 'Notice', sectors = '{}', evidence = '[]'");
        var before = await harness.GenerationsAsync();

        var total = await RunAsync(harness);

        Assert.Equal(450, total);
        Assert.All(await harness.ProgramsAsync(), program => Assert.Equal(
            (ProgramKind.Call, Sector.Ict, ProgramClassifier.Version), (program.Kind, Assert.Single(program.Sectors), program.ClassifierVersion)));
        var after = await harness.GenerationsAsync();
        Assert.All((string[])[ConnectTags.Programs, ConnectTags.Matches], tag => Assert.True(after[tag] > before[tag]));
        Assert.Equal(0, await RunAsync(harness));
    }

    [Fact]
    public async Task Nothing_is_evicted_when_the_new_version_tells_the_same()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of(), Announcements.Of("2026년 인공지능 수요조사"));
        await harness.ForgetWarmingsAsync();
        await AgeAsync(harness, "update programs set classifier_version = '0'");
        var before = await harness.GenerationsAsync();

        Assert.Equal(2, await RunAsync(harness));

        Assert.Equal(before, await harness.GenerationsAsync());
        Assert.Empty(await harness.QueuedWarmingsAsync());
    }

    [Fact]
    public async Task Nothing_is_evicted_when_a_field_set_by_hand_is_all_that_differs_from_the_rules()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("2026년 인공지능 수요조사"));
        await using var context = harness.CreateContext();
        var program = Assert.Single(await context.Programs.ToListAsync(CancellationToken));
        context.Add(new ProgramCorrection
        {
            ProgramId = program.Id,
            Field = CorrectedField.Kind,
            Value = nameof(ProgramKind.Call),
            BoardValue = nameof(ProgramKind.Survey),
            Reason = "a call in truth",
            CorrectedAt = IngestionHarness.Now,
        });
        program.Write(CorrectedField.Kind, nameof(ProgramKind.Call), IngestionHarness.Now);
        await context.SaveChangesAsync(CancellationToken);
        await AgeAsync(harness, "update programs set classifier_version = '0'");
        var before = await harness.GenerationsAsync();

        Assert.Equal(1, await RunAsync(harness));

        Assert.Equal(ProgramKind.Call, Assert.Single(await harness.ProgramsAsync()).Kind);
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Lists_alone_are_evicted_when_what_changes_is_no_open_program()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("2026년 인공지능 수요조사"), Announcements.Of() with { Closed = true });
        await AgeAsync(harness, "update programs set classifier_version = '0', traits = jsonb_set(traits, '{sectors}', '[]')");
        var before = await harness.GenerationsAsync();

        Assert.Equal(2, await RunAsync(harness));

        var after = await harness.GenerationsAsync();
        Assert.Equal([ConnectTags.ProgramLists], after.Keys);
        Assert.True(after[ConnectTags.ProgramLists] > before[ConnectTags.ProgramLists]);
        Assert.All(await harness.ProgramsAsync(), program => Assert.NotEmpty(program.Traits.Sectors));
    }

    [Fact]
    public async Task Changed_programs_are_warmed()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());
        await harness.ForgetWarmingsAsync();
        await AgeAsync(harness, "update programs set classifier_version = '0', min_trl = 1");

        await RunAsync(harness);

        Assert.Equal([(WarmingTrigger.Reclassification, 1)], await harness.QueuedWarmingsAsync());
        Assert.Equal(4, Assert.Single(await harness.ProgramsAsync()).MinTrl);
    }

    [Fact]
    public async Task Rows_are_shared_when_two_workers_start_together()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync([.. Enumerable.Range(0, 600).Select(number => Announcements.Of($"로봇 기술개발 제{number}차 신규과제"))]);
        await AgeAsync(harness, "update programs set classifier_version = '0'");

        await Task.WhenAll(RunAsync(harness), RunAsync(harness));

        Assert.All(await harness.ProgramsAsync(), program => Assert.Equal(ProgramClassifier.Version, program.ClassifierVersion));
    }

    [Fact]
    public async Task Failed_pass_is_done_again_after_a_minute_and_a_good_one_after_an_hour()
    {
        await using var harness = await IngestionHarness.CreateEmptyAsync(application);
        var time = new WatchedTime();
        using var reclassifier = harness.Create<Reclassifier>(time);
        harness.Ready.Set();

        // There are no tables yet.
        await reclassifier.StartAsync(CancellationToken);
        Assert.Equal(TimeSpan.FromMinutes(1), await time.NextDelayAsync());
        await using (var context = harness.CreateContext())
        {
            await context.Database.MigrateAsync(CancellationToken);
        }

        await harness.IngestAsync(Announcements.Of());
        await AgeAsync(harness, "update programs set classifier_version = '0'");
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromHours(1), await time.NextDelayAsync());
        Assert.Equal(ProgramClassifier.Version, Assert.Single(await harness.ProgramsAsync()).ClassifierVersion);
        await reclassifier.StopAsync(CancellationToken);
    }

    [Fact]
    public async Task Series_is_stored_when_read_and_computed_later_without_evicting_where_it_is_missing_or_stale()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(
            Announcements.Of("2025년 인공지능 기술개발사업 공고"), Announcements.Of("2026년 인공지능 기술개발사업 재공고"), Announcements.Of("2026년 로봇손 실증사업 공고"));
        var read = await KeysAsync(harness);
        Assert.All(read.Values, key => Assert.True(SeriesKey.IsSeries(key)));
        Assert.Equal(read["2025년 인공지능 기술개발사업 공고"], read["2026년 인공지능 기술개발사업 재공고"]);
        Assert.Equal(0, await FillAsync(harness));
        await harness.ForgetWarmingsAsync();
        var before = await harness.GenerationsAsync();

        // Rows of a release without the column, of older rules, and one whose title such a release has changed.
        await AgeAsync(harness, "update programs set series_key = case when title like '2025%' then null when title like '%로봇손%' then series_key else '0:1' end");
        await AgeAsync(harness, "update programs set title = '2026년 로봇팔 실증사업 공고', updated_at = updated_at + interval '1 minute' where title like '%로봇손%'");

        Assert.Equal(3, await FillAsync(harness));

        var filled = await KeysAsync(harness);
        Assert.Equal(read["2025년 인공지능 기술개발사업 공고"], filled["2025년 인공지능 기술개발사업 공고"]);
        Assert.Equal(read["2025년 인공지능 기술개발사업 공고"], filled["2026년 인공지능 기술개발사업 재공고"]);
        Assert.Equal(SeriesKey.Of("2026년 로봇팔 실증사업 공고", "과학기술정보통신부", Agency.NTIS), filled["2026년 로봇팔 실증사업 공고"]);
        Assert.Equal(before, await harness.GenerationsAsync());
        Assert.Empty(await harness.QueuedWarmingsAsync());
        Assert.Equal(0, await FillAsync(harness));
    }

    private static Task<int> FillAsync(IngestionHarness harness) => harness.Create<Reclassifier>().FillSeriesAsync(CancellationToken);

    private static async Task<Dictionary<string, string?>> KeysAsync(IngestionHarness harness) =>
        (await harness.ProgramsAsync()).ToDictionary(program => program.Title, program => program.SeriesKey);

    private static Task<int> RunAsync(IngestionHarness harness) => harness.Create<Reclassifier>().RunAsync(CancellationToken);

    private static async Task AgeAsync(IngestionHarness harness, string sql)
    {
        await using var context = harness.CreateContext();
        await context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), CancellationToken);
    }

    /// <summary>Records the waits.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();

        public ValueTask<TimeSpan> NextDelayAsync() => _delays.Reader.ReadAsync(CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _delays.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
