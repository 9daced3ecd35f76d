using System.Collections.Immutable;
using Connect.Benchmarks;
using Connect.Benchmarks.Quality;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Unit.Sources;

namespace Connect.Tests.Unit.Quality;

public sealed class QualityTests
{
    private static readonly ImmutableArray<OrganizationType> Both = [OrganizationType.Company, OrganizationType.ResearchInstitute];

    [Fact]
    public void Real_announcements_are_classified_and_matched_as_well_as_promised()
    {
        using var files = new Files(PageFiles.ReadReal("ntis-announcements.jsonl"), PageFiles.ReadReal("ntis-labels.jsonl"));
        var announcements = LabelledAnnouncement.ReadAll(files.Announcements, files.Labels);
        var run = new QualityRun(announcements);

        var classification = ClassificationFigures.Of(run.Rows);
        var (ours, theirs) = (MatchFigures.Of(run.Match(), announcements), MatchFigures.Of(run.MatchByBaseRules(), announcements));

        Assert.InRange(classification.KindAccuracy, 0.88, 1);
        Assert.InRange(classification.CallPrecision, 0.95, 1);
        Assert.InRange(classification.SectorMicroF1, 0.80, 1);
        Assert.InRange(ours.PrecisionAt3, 0.90, 1);
        Assert.InRange(ours.IrrelevantRate, 0, 0.02);
        Assert.InRange(ours.Coverage, 0.90, 1);
        Assert.True(ours.PrecisionAt3 > theirs.PrecisionAt3 && ours.IrrelevantRate < theirs.IrrelevantRate);
    }

    [Fact]
    public void Kinds_of_titles_of_several_boards_are_told_as_well_as_promised()
    {
        using var files = new Files(PageFiles.ReadReal("titles-2026.jsonl"), PageFiles.ReadReal("titles-2026-labels.jsonl"));

        var classification = ClassificationFigures.Of(new QualityRun(LabelledAnnouncement.ReadAll(files.Announcements, files.Labels)).Rows);

        Assert.InRange(classification.KindAccuracy, 0.93, 1);
        Assert.InRange(classification.CallPrecision, 0.93, 1);
    }

    [Fact]
    public void Profiles_are_a_company_and_an_institute_of_each_sector_and_two_more()
    {
        var all = QualityProfile.All;

        Assert.Equal(26, all.Length);
        Assert.All(Enum.GetValues<Sector>(), sector => Assert.All(
            Both, type => Assert.Contains(all, one => one.Profile.Sector == sector && one.Profile.Type == type)));
        Assert.Single(all, one => !one.HasSector);
        Assert.Single(all, one => !one.Profile.Regions.IsEmpty);
    }

    [Fact]
    public void Classification_figures_are_shares_of_what_they_say()
    {
        ImmutableArray<(LabelledAnnouncement, ProgramClassification)> rows =
        [
            (Label(ProgramKind.Call, Sector.Ict), Found(ProgramKind.Call, Sector.Ict, Sector.Energy)),
            (Label(ProgramKind.Call, Sector.Ict, Sector.Marine), Found(ProgramKind.Notice, Sector.Ict)),
            (Label(ProgramKind.Notice), Found(ProgramKind.Call)),
            (Label(ProgramKind.Survey, Sector.Culture), Found(ProgramKind.Survey)),
        ];

        var figures = ClassificationFigures.Of(rows);

        Assert.Equal((0.5, 0.5, 0.5), (figures.KindAccuracy, figures.CallPrecision, figures.CallRecall));
        Assert.Equal((2 / 3.0, 0.5), (figures.SectorPrecision, figures.SectorRecall));
        Assert.Equal(4 / 7.0, figures.SectorMicroF1, 12);
        Assert.Equal((1, 1), (figures.AudienceAccuracy, figures.RegionAccuracy));
    }

    [Fact]
    public void Match_figures_are_shares_of_what_they_say()
    {
        var company = QualityProfile.All.Single(one => one is { HasSector: true, Profile: { Sector: Sector.Ict, Type: OrganizationType.Company } });
        var nobody = QualityProfile.All.Single(one => !one.HasSector);
        var right = Label(ProgramKind.Call, Sector.Ict);
        ImmutableArray<LabelledAnnouncement> all = [right, right, right];

        var figures = MatchFigures.Of(
            [
                new(company, [right, Label(ProgramKind.Notice, Sector.Ict), Label(ProgramKind.Call, Sector.Marine)]),
                new(nobody, [right, Label(ProgramKind.Call, Sector.Marine)]),
            ],
            all);
        var others = MatchFigures.Of([new(company, [right, right with { Audience = [OrganizationType.ResearchInstitute] }])], all);
        var general = MatchFigures.Of([new(company, [Label(ProgramKind.Call)])], []);

        // Energy is related, marine is not; a general program is of no sector, so it has nothing in common.
        Assert.Equal((1 / 3.0, 1 / 3.0, 1, 3, 0.5), (figures.PrecisionAt3, figures.IrrelevantRate, figures.Coverage, figures.Returned, figures.PrecisionWithoutSector));
        Assert.Equal((0.5, 0, 0), (others.PrecisionAt3, others.IrrelevantRate, others.Coverage));
        Assert.Equal((0, 1), (general.PrecisionAt3, general.IrrelevantRate));
    }

    [Fact]
    public void Files_are_joined_by_address_and_equal_titles_count_once()
    {
        using var files = new Files(
            """
            {"url":"a","title":"부산 선박 기술개발_(2025)부산 선박 기술개발","deadline":"2025-02-02T15:00:00.000Z","publishedAt":null}
            {"url":"b","title":"부산 선박 기술개발_(2025)부산 선박 기술개발","deadline":null}

            {"url":"c","title":"다른 공고","deadline":null}
            """,
            """
            {"url":"a","sectors":["MARINE"],"kind":"CALL","audience":"COMPANY","region":"부산,서울"}
            {"url":"b","sectors":[],"kind":"NOTICE","audience":"BOTH","region":null}
            {"url":"c","sectors":[],"kind":"POLICY_STUDY","audience":"BOTH","region":null}
            """);

        var read = LabelledAnnouncement.ReadAll(files.Announcements, files.Labels);

        Assert.Equal(2, read.Length);
        Assert.Equal("부산 선박 기술개발", read[0].Title);
        Assert.Equal(new DateTimeOffset(2025, 2, 3, 23, 59, 59, TimeSpan.FromHours(9)), read[0].Deadline);
        Assert.Equal([Region.Seoul, Region.Busan], read[0].Regions);
        Assert.Equal([OrganizationType.Company], read[0].Audience);
        Assert.Equal((ProgramKind.PolicyStudy, null), (read[1].Kind, read[1].Deadline));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("not json", "")]
    [InlineData("""{"url":"a","title":"공고","deadline":null}""", "")]
    [InlineData("""{"url":"a","title":"공고","deadline":"soon"}""", """{"url":"a","sectors":["BOAT"],"kind":"CALL","audience":"BOTH","region":null}""")]
    public async Task Command_fails_with_a_sentence_when_a_file_is_of_another_shape(string announcements, string labels)
    {
        using var files = new Files(announcements, labels);

        Assert.Equal(1, await QualityCommand.RunAsync(new(files.Announcements, files.Labels)));
        Assert.Equal(1, await QualityCommand.RunAsync(new(files.Announcements + ".missing", files.Labels)));
        await Assert.ThrowsAsync<UsageException>(() => QualityCommand.RunAsync(new(files.Announcements)));
        await Assert.ThrowsAsync<UsageException>(() => QualityCommand.RunAsync(new(files.Announcements, files.Labels, "--verbose")));
    }

    private static LabelledAnnouncement Label(ProgramKind kind, params Sector[] sectors) =>
        new("공고", "공고", "https://example.org/", null, kind, [.. sectors], Both, []);

    private static ProgramClassification Found(ProgramKind kind, params Sector[] sectors) => new(
        kind, [], default, ProgramTraits.Unknown with { Sectors = [.. sectors.Select(sector => new SectorEvidence(sector, []))] }, []);

    /// <summary>Two files of the test's own.</summary>
    private sealed class Files : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connect-quality-");

        public Files(string announcements, string labels)
        {
            File.WriteAllText(Announcements, announcements);
            File.WriteAllText(Labels, labels);
        }

        public string Announcements => Path.Combine(_folder.FullName, "announcements.jsonl");

        public string Labels => Path.Combine(_folder.FullName, "labels.jsonl");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
