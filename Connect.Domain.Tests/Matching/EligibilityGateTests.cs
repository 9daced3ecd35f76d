using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

/// <summary>Each gate hides a program, with its code, and passes one that differs in that condition alone.</summary>
public sealed class EligibilityGateTests
{
    private const string Title = "2026년도 인공지능 기술개발사업 신규지원 대상과제 공고";

    private static readonly OrganizationProfile Company = Organization(rnd: true) with
    {
        Structure = BusinessStructure.Corporation,
        Scale = CompanyScale.Sme,
        EstablishedOn = new(2018, 3, 10),
        Regions = [Region.Seoul],
        ExcludedSectors = [Sector.BioHealth],
    };

    public static TheoryData<string, OrganizationProfile, ActiveProgram, ActiveProgram> Gates => new()
    {
        { "DEADLINE_PASSED", Company, ProgramOf(days: 0) with { Deadline = Now.AddTicks(-1) }, ProgramOf(days: 0) },
        { "AUDIENCE_MISMATCH", Company, ProgramOf(targets: [OrganizationType.ResearchInstitute]), ProgramOf(targets: []) },
        { "UMBRELLA_CALL", Company, ProgramOf() with { IsUmbrella = true }, ProgramOf(days: null) },
        { "DESIGNATED_PERFORMER", Company, ProgramOf($"{Title}(위탁과제)"), ProgramOf($"{Title}(지정공모)") },
        { "STRUCTURE_MISMATCH", Company, ProgramOf(body: "개인사업자에 한함"), ProgramOf(body: "법인사업자에 한함") },
        { "STRUCTURE_UNKNOWN", Company with { Structure = null }, ProgramOf(body: "법인사업자에 한함"), ProgramOf(body: "법인 또는 개인사업자") },
        { "SCALE_TOO_LARGE", Company with { Scale = CompanyScale.MidSized }, ProgramOf($"중소기업 {Title}"), ProgramOf($"중견중소기업 {Title}") },
        {
            "SCALE_TOO_LARGE", Company with { Scale = CompanyScale.LargeEnterprise }, ProgramOf(ministry: "중소벤처기업부"), ProgramOf(ministry: "과학기술정보통신부")
        },
        { "SCALE_TOO_LARGE", Company with { Scale = CompanyScale.MidSized }, ProgramOf($"팁스(TIPS) {Title}"), ProgramOf() },
        {
            "BUSINESS_TOO_OLD", Company with { EstablishedOn = new(2019, 3, 10) }, ProgramOf($"{Title}(창업 7년 미만)"), ProgramOf($"{Title}(창업 8년 미만)")
        },
        { "REGION_MISMATCH", Company, ProgramOf($"부산 {Title}"), ProgramOf($"서울 {Title}") },
        { "REGION_MISMATCH", Company, ProgramOf($"지역혁신 {Title}"), ProgramOf($"수도권 {Title}") },
        { "TRL_OUT_OF_RANGE", Company, ProgramOf(min: 7, max: 9), ProgramOf(min: 6, max: 9) },
        { "TRL_OUT_OF_RANGE", Company, ProgramOf(min: 1, max: 5), ProgramOf(max: 6) },
        { "TRL_OUT_OF_RANGE", Company with { Trl = 4 }, ProgramOf("인공지능 실용화 신규과제"), ProgramOf("인공지능 기술개발 신규과제") },
        { "SECTOR_EXCLUDED", Company, ProgramOf("디지털헬스 신약 임상 인공지능 기술개발"), ProgramOf() },
        { "SECTOR_UNRELATED", Company with { ResearchFocusAreas = ["평형수"] }, ProgramOf("선박 평형수 처리 기술개발"), ProgramOf() },
        { "KEYWORD_MISSING", Company, ProgramOf("콘텐츠 창작 기술개발"), ProgramOf() },
        { "KEYWORD_MISSING", Company, ProgramOf("2026년도 제1차 신규과제 공모"), ProgramOf() },
        {
            "KEYWORD_MISSING", Organization(Sector.Manufacturing, focus: ["수요예측"]), ProgramOf(), ProgramOf("인공지능 기반 수요예측 기술개발")
        },
        { "SCORE_TOO_LOW", Organization(Sector.Manufacturing, trl: null, rnd: false, focus: ["AI"]), ProgramOf(), ProgramOf(days: 3) },
    };

    [Theory]
    [MemberData(nameof(Gates), DisableDiscoveryEnumeration = true)]
    public void Program_is_hidden_with_its_code_and_shown_without_its_cause(
        string code, OrganizationProfile organization, ActiveProgram hidden, ActiveProgram shown)
    {
        Assert.Empty(Rank(organization, hidden));
        Assert.Contains(code, HiddenReasonCodes.Of(Assert.Single(Hidden(organization, hidden)).Reasons));

        Assert.Single(Rank(organization, shown));
        Assert.Empty(Hidden(organization, shown));
    }

    [Fact]
    public void Every_reason_has_a_code_and_a_sentence_in_each_language()
    {
        var all = Enum.GetValues<HiddenReasons>().Aggregate((left, right) => left | right);
        var program = new HiddenProgram(ProgramOf($"부산 {Title}(창업 7년 미만)", min: 4, max: 6), new(0, 0, 0, 0, 0), all);

        foreach (var language in Enum.GetValues<ExplanationLanguage>())
        {
            var sentences = HiddenTexts.Build(program, language);
            Assert.Equal(HiddenReasonCodes.All.Length, sentences.Length);
            Assert.Equal(sentences.Length, sentences.Distinct().Count());
            Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        }

        Assert.Contains("부산", string.Concat(HiddenTexts.Build(program, ExplanationLanguage.Ko)), StringComparison.Ordinal);
        Assert.Contains("TRL 4 to 6", string.Concat(HiddenTexts.Build(program, ExplanationLanguage.En)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_gate_of_the_reasons_is_tested_here() => Assert.Subset(
        Gates.Select(row => row.Data.Item1).Append("STATUS_CLOSED").Append("REPEATED_CALL").ToHashSet(), HiddenReasonCodes.All.ToHashSet());

    [Fact]
    public void Closed_program_counts_as_closed_even_while_the_list_still_holds_it()
    {
        var program = ProgramOf();

        var hidden = Assert.Single(new MatchEngine().FindHidden(Company, [program], [new(program, ProgramStatus.Archived)], Now, 10));

        Assert.Equal(["STATUS_CLOSED"], HiddenReasonCodes.Of(hidden.Reasons));
    }

    [Fact]
    public void Repeated_program_is_hidden_once_and_a_closed_one_hides_no_other()
    {
        var (earlier, later) = (ProgramOf(id: 1, days: 10), ProgramOf(id: 2, days: 20));

        var repeated = Assert.Single(new MatchEngine().FindHidden(Company, [earlier, later], [], Now, 10));
        var afterwards = Assert.Single(new MatchEngine().FindHidden(Company, [earlier], [new(later, ProgramStatus.Archived)], Now, 10));

        Assert.Equal((earlier.Id, HiddenReasons.RepeatedCall), (repeated.Program.Id, repeated.Reasons));
        Assert.Equal((later.Id, HiddenReasons.StatusClosed), (afterwards.Program.Id, afterwards.Reasons));
    }

    [Fact]
    public void Hidden_programs_are_those_that_came_nearest_and_no_more_than_asked_for()
    {
        ActiveProgram[] programs =
        [
            ProgramOf("선박 기술개발", id: 1), ProgramOf(id: 2, min: 8, max: 9, days: 5), ProgramOf($"{Title} 2차", id: 3, min: 8, max: 9), ProgramOf($"{Title} 3차", id: 4),
        ];

        var hidden = new MatchEngine().FindHidden(Company, [.. programs], [], Now, 2);

        Assert.Equal([Id(2), Id(3)], hidden.Select(program => program.Program.Id));
        Assert.All(hidden, program => Assert.Equal(program.Points.Total, program.Points.Industry + program.Points.Trl + 20 + program.Points.Rnd + program.Points.Deadline));
    }

    [Fact]
    public void Company_conditions_hide_nothing_from_an_institute() => Assert.Single(Rank(
        Company with { Type = OrganizationType.ResearchInstitute, Structure = null, Scale = CompanyScale.LargeEnterprise },
        ProgramOf($"중소기업 {Title}(창업 7년 미만)", body: "법인사업자에 한함")));

    [Fact]
    public void Excluded_sector_hides_nothing_that_is_of_the_own_sector_first()
    {
        var company = Company with { ExcludedSectors = [Sector.Culture] };

        Assert.Single(Rank(company, ProgramOf("인공지능 빅데이터 콘텐츠 기술개발")));
        Assert.Empty(Rank(company, ProgramOf("콘텐츠 게임 음악 인공지능 기술개발")));
    }

    private static System.Collections.Immutable.ImmutableArray<HiddenProgram> Hidden(OrganizationProfile organization, ActiveProgram program) =>
        new MatchEngine().FindHidden(organization, [program], [], Now, 10);
}
