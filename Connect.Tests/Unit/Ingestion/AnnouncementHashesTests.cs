using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Stage;
using Connect.Tests.Functional.Ingestion;

namespace Connect.Tests.Unit.Ingestion;

public sealed class AnnouncementHashesTests
{
    private const string Title = "2026년 인공지능 기술개발사업 공고";

    private static readonly ApplicationPeriod Period = new(Announcements.Deadline.AddDays(-20), Announcements.Deadline, IsReplaced: false);

    [Theory]
    [InlineData("(수정) 2026년 인공지능 기술개발사업 공고")]
    [InlineData("[수정공고] 2026년 인공지능 기술개발사업 공고")]
    [InlineData("2026년 인공지능 기술개발사업 공고(연장)")]
    [InlineData("2026년 인공지능 기술개발사업 공고 [ 연장 공고 ]")]
    [InlineData("【재공고】2026년 인공지능 기술개발사업 공고")]
    [InlineData("（정정）2026년 인공지능 기술개발사업 공고")]
    [InlineData("［변경］ 2026년 인공지능 기술개발사업 공고")]
    [InlineData("２０２６년  인공지능 기술개발사업　공고")]
    [InlineData("「2026년 인공지능 기술개발사업」 공고")]
    [InlineData("2026년\u00a0인공지능\n기술개발사업 공고.")]
    public void Identity_is_kept_when_only_the_publication_differs(string title) =>
        Assert.Equal(Identity(Title), Identity(title));

    [Theory]
    [InlineData("2026년 인공지능 기술개발사업 사전공고")]
    [InlineData("[사전 공고] 2026년 인공지능 기술개발사업 공고")]
    [InlineData("2026년 인공지능 기술개발사업 공고（접수예정）")]
    [InlineData("2026년 인공지능 기술개발사업 예고 안내")]
    [InlineData("2026년 인공지능 기술개발사업 제안요구서(안) 사전공고 안내")]
    [InlineData("(수정) 2026년 인공지능 기술개발사업 RFP(안) 공시")]
    public void Identity_of_an_advance_notice_is_that_of_its_call(string title) =>
        Assert.Equal(Identity(Title), Identity(title));

    [Theory]
    [InlineData("2026년 인공지능 기술개발사업 공고", "52040246fb30744c")]
    [InlineData("2026년 신규과제 공모", "43a3626189c04530")]
    [InlineData("(재공고) 2026년도 제2차 로봇 R&D 시행계획 공고", "58a0291bf6bfbd7a")]
    [InlineData("관측망 유지보수 용역 사전규격 공개", "fbca874ad8e38bbb")]
    [InlineData("2027년도 신규사업 기술수요조사 사전공고", "eb28d619330fd2f9")]
    public void Identity_is_the_recorded_one_when_the_title_is_no_advance_notices(string title, string recorded) =>
        Assert.Equal(recorded, Identity(title)[..16]);

    [Theory]
    [InlineData("2025년 인공지능 기술개발사업 공고")]
    [InlineData("2026년 인공지능 기술개발사업 2차 공고")]
    [InlineData("2026년 인공지능 기술개발사업(지역) 공고")]
    [InlineData("2026년 인공지능 기술개발사업")]
    [InlineData("2026년 인공지능 기술개발사업 공고 수정")]
    public void Identity_differs_when_the_program_is_another(string title) =>
        Assert.NotEqual(Identity(Title), Identity(title));

    [Fact]
    public void Identity_does_not_depend_on_what_changes_while_a_program_lives()
    {
        var announcement = Announcements.Of();
        var later = announcement with
        {
            Url = "https://example.com/other",
            Deadline = null,
            BudgetAmount = null,
            Description = null,
            AnnouncingAgency = "다른 기관",
            Closed = true,
        };

        Assert.Equal(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(later));
    }

    [Theory]
    [InlineData("2026년 인공지능 기술개발사업 공고", "과학기술정보통신부", true)]
    [InlineData("2026년 인공지능 기술개발사업 공고", null, false)]
    [InlineData("인공지능 기술개발사업 신규과제 공고", "과학기술정보통신부", false)]
    [InlineData("2026년 신규과제 공모", "과학기술정보통신부", false)]
    public void Identity_is_the_same_on_every_board_only_when_the_title_tells_enough(string title, string? ministry, bool expected)
    {
        var announcement = Announcements.Of(title) with { Ministry = ministry };

        Assert.Equal(expected, AnnouncementHashes.IdentityOf(announcement) == AnnouncementHashes.IdentityOf(announcement with { Agency = Agency.IITP }));
    }

    [Fact]
    public void Identity_depends_on_the_ministry()
    {
        var announcement = Announcements.Of();

        Assert.NotEqual(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Ministry = "교육부" }));
        Assert.Equal(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Ministry = "과학기술 정보통신부" }));
    }

    [Fact]
    public void Identity_is_the_address_when_the_title_is_nothing_but_signs()
    {
        var announcement = Announcements.Of("★★★");

        Assert.NotEqual(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Title = "!!", Url = "https://example.com/2" }));
        Assert.Equal(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Title = "(연장) ★★★" }));
    }

    [Fact]
    public void Identity_is_read_from_letters_and_digits_only() =>
        Assert.Equal("rd2026고도화1", Titles.Normalize("[R&D] 2026 「고도화」 ① (재공고)"));

    [Fact]
    public void Fingerprint_differs_when_anything_differs_that_people_see()
    {
        var announcement = Announcements.Of();
        ScrapedAnnouncement[] others =
        [
            announcement,
            announcement with { Title = announcement.Title + " (수정)" },
            announcement with { Description = null },
            announcement with { Ministry = null },
            announcement with { AnnouncingAgency = "기관" },
            announcement with { Category = null },
            announcement with { Keywords = ["인공", "지능"] },
            announcement with { TargetTypes = [OrganizationType.Company] },
            announcement with { MinTrl = null },
            announcement with { MaxTrl = 7 },
            announcement with { BudgetAmount = 1 },
            announcement with { PublishedAt = null },
            announcement with { ApplicationStart = announcement.PublishedAt },
            announcement with { Deadline = announcement.Deadline!.Value.AddMinutes(1) },
            announcement with { AttachmentNames = [] },
            announcement with { BoardType = null },
            announcement with { Periods = [Period] },
            announcement with { Periods = [Period with { IsReplaced = true }] },
            announcement with { Periods = [Period with { Start = null }] },
            announcement with { Periods = [Period with { End = null }] },
            announcement with { Periods = [Period, Period] },
        ];

        Assert.Equal(others.Length, others.Select(AnnouncementHashes.FingerprintOf).Distinct().Count());
    }

    [Fact]
    public void Fingerprint_is_the_recorded_one_when_no_type_and_one_period_are_stated() => Assert.Equal(
        "bd747f60554f9d9c86c3218022d49c8fe5be7710eed04a7893f2a714e2a7eb31",
        AnnouncementHashes.FingerprintOf(Announcements.Of() with { BoardType = null }));

    [Fact]
    public void Fingerprint_is_kept_when_only_order_or_address_differ()
    {
        var announcement = Announcements.Of() with { TargetTypes = [OrganizationType.Company, OrganizationType.ResearchInstitute] };
        var same = announcement with { TargetTypes = [OrganizationType.ResearchInstitute, OrganizationType.Company], Url = "https://example.com" };

        Assert.Equal(AnnouncementHashes.FingerprintOf(announcement), AnnouncementHashes.FingerprintOf(same));
    }

    [Fact]
    public void Hashes_fit_their_columns()
    {
        Assert.Equal(64, AnnouncementHashes.IdentityOf(Announcements.Of()).Length);
        Assert.Equal(64, AnnouncementHashes.FingerprintOf(Announcements.Of()).Length);
    }

    private static string Identity(string title) => AnnouncementHashes.IdentityOf(Announcements.Of(title));
}
