using System.Globalization;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Merge;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Which announcements are one program, on one board and over several.</summary>
public sealed class JoiningTests(RunningApplication application)
{
    private static readonly ScrapedAnnouncement Announced = Announcements.Of();

    [Fact]
    public async Task Rows_are_joined_when_they_are_one_program()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        var result = await harness.IngestAsync(
            Announced with { Url = "https://example.com/1" }, Announced with { Url = "https://example.com/2" },
            Announced with { Url = "https://example.com/3", Title = $"{Announced.Title} (수정)" });

        Assert.Equal(new MergeCounts(1, 0, 0) { Reposted = 2 }, result);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal("https://example.com/1", program.AnnouncementUrl);
        Assert.All(await harness.PostingsAsync(), posting => Assert.Equal(program.Id, posting.ProgramId));
    }

    [Theory]
    [InlineData("{0} (수정)")]
    [InlineData("[연장] {0}")]
    [InlineData("（재공고） {0}")]
    public async Task Repost_is_the_same_program_when_only_marks_and_address_differ(string mark)
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced);

        var repost = Announced with { Title = string.Format(CultureInfo.InvariantCulture, mark, Announced.Title), Url = "https://www.ntis.go.kr/view.do?roRndUid=2" };
        var result = await harness.IngestAsync(repost, Announced);

        Assert.Equal(new MergeCounts(0, 1, 0) { Reposted = 1 }, result);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((repost.Title, repost.Url), (program.Title, program.AnnouncementUrl));
    }

    [Fact]
    public async Task Programs_stay_apart_when_ministry_round_or_a_board_without_a_telling_title_differ()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        var first = await harness.IngestAsync(
            Announcements.Of("제1차 공고"), Announcements.Of("제2차 공고"),
            Announcements.Of("제1차 공고") with { Ministry = "산업통상자원부", Url = "https://www.ntis.go.kr/view.do?id=3" });
        var second = await harness.IngestAsync(Announcements.Of("제1차 공고", Agency.IITP), Announced with { Agency = Agency.IITP, Ministry = null });

        Assert.Equal((3, 2), (first.New, second.New));
    }

    [Fact]
    public async Task Program_stays_its_own_boards_when_the_portal_lists_it_too()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced with { Agency = Agency.IITP });
        var before = await harness.GenerationsAsync();

        var result = await harness.IngestAsync(Announced with { Description = "포털의 요약", BudgetAmount = null });

        Assert.Equal(new MergeCounts(0, 0, 1) { Reposted = 1 }, result);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((Agency.IITP, Announced.Description, Announced.BudgetAmount), (program.Agency, program.Description, program.BudgetAmount));
        Assert.Equal([Agency.IITP, Agency.NTIS], (await harness.PostingsAsync()).Select(posting => posting.Agency));
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Program_becomes_its_own_boards_when_the_portal_had_it_first()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced with { Description = "포털의 요약" });

        var result = await harness.IngestAsync(Announced with { Agency = Agency.IITP });
        var again = await harness.IngestAsync(Announced with { Description = "포털의 요약" });

        Assert.Equal(new MergeCounts(0, 1, 0) { Reposted = 1 }, result);
        Assert.Equal(new MergeCounts(0, 0, 1), again);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((Agency.IITP, Announced.Description), (program.Agency, program.Description));
        Assert.Equal(["agency", "description"], Assert.Single(await harness.ChangesAsync()).Fields.Select(field => field.Field));
    }

    [Fact]
    public async Task Program_is_renamed_when_its_address_has_a_slightly_other_title()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced);
        var id = Assert.Single(await harness.ProgramsAsync()).Id;

        var renamed = Announced with { Title = Announced.Title.Replace("기술개발사업", "핵심기술개발사업", StringComparison.Ordinal) };
        var result = await harness.IngestAsync(renamed, renamed with { Url = "https://www.ntis.go.kr/view.do?id=2" });
        var again = await harness.IngestAsync(renamed);

        Assert.Equal(new MergeCounts(0, 1, 0) { Reposted = 1 }, result);
        Assert.Equal(new MergeCounts(0, 0, 1), again);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((id, renamed.Title), (program.Id, program.Title));
    }

    [Fact]
    public async Task Program_is_another_when_its_address_has_quite_another_title()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced, Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고"));

        var other = Announcements.Of("2026년 수소 연료전지 부품 국산화 공모") with { Url = Announced.Url };
        var result = await harness.IngestAsync(other, Announced with { Url = "https://www.ntis.go.kr/view.do?id=9" });

        // The old one has moved, and is found by its title; the address is the new one's.
        Assert.Equal(new MergeCounts(1, 1, 0) { Reposted = 1 }, result);
        Assert.Equal("https://www.ntis.go.kr/view.do?id=9", (await harness.ProgramsAsync()).Single(program => program.Title == Announced.Title).AnnouncementUrl);
        Assert.Equal(3, (await harness.ProgramsAsync()).Count);
        var posting = Assert.Single(await harness.PostingsAsync(), posting => posting.Url == Announced.Url);
        Assert.Equal(other.Title, (await harness.ProgramsAsync()).Single(program => program.Id == posting.ProgramId).Title);
    }

    [Fact]
    public async Task Address_is_no_repost_when_a_new_program_takes_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced);

        var result = await harness.IngestAsync(Announcements.Of("2026년 수소 연료전지 부품 국산화 공모") with { Url = Announced.Url });

        Assert.Equal(new MergeCounts(1, 0, 0) { Vanished = 1 }, result);
    }

    [Fact]
    public async Task Programs_become_one_when_both_are_renamed_to_one_title()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        ScrapedAnnouncement[] rounds = [Announcements.Of("2026년 인공지능 기술개발사업 1차 공고"), Announcements.Of("2026년 인공지능 기술개발사업 2차 공고")];
        await harness.IngestAsync(rounds);

        var result = await harness.IngestAsync([.. rounds.Select(round => round with { Title = "2026년 인공지능 기술개발사업 통합 공고" })]);

        Assert.Equal(new MergeCounts(0, 1, 0) { Vanished = 1, Reposted = 1 }, result);
        Assert.Equal([ProgramStatus.Expired, ProgramStatus.Active], (await harness.ProgramsAsync()).Select(program => program.Status));
    }

    [Fact]
    public async Task Known_programs_keep_their_ids_when_an_older_version_hashed_them()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announced, Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고"));
        var before = await harness.ProgramsAsync();
        await harness.ExecuteAsync("update programs set identity_key = 'old ' || substr(identity_key, 1, 50), fingerprint = 'old'");
        var generations = await harness.GenerationsAsync();

        var result = await harness.IngestAsync(Announced, Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고"));

        Assert.Equal(new MergeCounts(0, 0, 2), result);
        Assert.Equal(before.Select(Hashes), (await harness.ProgramsAsync()).Select(Hashes));
        Assert.Equal(generations, await harness.GenerationsAsync());
        Assert.Empty(await harness.ChangesAsync());

        static (Guid, string, string) Hashes(FundingProgram program) => (program.Id, program.IdentityKey, program.Fingerprint);
    }
}
