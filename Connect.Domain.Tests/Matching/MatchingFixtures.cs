using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Matching;

/// <summary>Organizations and programs with defaults, so that a test states only the values it is about.</summary>
internal static class MatchingFixtures
{
    /// <summary>Noon in Seoul.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(9));

    public static OrganizationProfile Organization(
        Sector? sector = Sector.Ict,
        int? trl = 6,
        bool rnd = true,
        int collaborations = 0,
        OrganizationType type = OrganizationType.Company,
        string[]? focus = null,
        string[]? technologies = null,
        int? targetTrl = null) =>
        new(
            Id(9999), type, sector, trl, targetTrl, rnd, collaborations, [.. focus ?? []], [.. technologies ?? []], Structure: null, Scale: null,
            EstablishedOn: null, Regions: [], ExcludedSectors: [], ProfileCompleted: true);

    public static ActiveProgram ProgramOf(
        string title = "2026년도 인공지능 기술개발사업 신규지원 대상과제 공고",
        int id = 1,
        int? days = 45,
        string? category = null,
        string[]? keywords = null,
        int? min = null,
        int? max = null,
        OrganizationType[]? targets = null,
        string? ministry = null,
        Agency agency = Agency.IITP,
        long? budget = 300_000_000,
        string? body = null)
    {
        // Classified as by a scrape: facts that the program does not state are read from its text.
        var found = ProgramClassifier.Classify(new AnnouncementText(title)
        {
            Body = body,
            Category = category,
            Keywords = [.. keywords ?? []],
            Ministry = ministry,
            StatedTrl = new(min, max),
        });
        return new(
            Id(id), title, agency, ministry, category, [.. keywords ?? []],
            [.. targets ?? [OrganizationType.Company, OrganizationType.ResearchInstitute]],
            found.Trl.Min, found.Trl.Max, budget, days is { } left ? Now.AddDays(left) : null, IsUmbrella: false, found.Traits,
            $"https://example.org/programs/{id}");
    }

    public static Guid Id(int number) => new($"00000000-0000-7000-8000-{number:D12}");

    public static ImmutableArray<RankedMatch> Rank(OrganizationProfile organization, params ActiveProgram[] programs) =>
        new MatchEngine().Rank(organization, [.. programs], Now, 100);

    public static IEnumerable<string> Codes(this RankedMatch match) => match.Reasons.Select(reason => reason.Code);
}
