using Connect.Benchmarks.Quality.BaseRules;

namespace Connect.Tests.Unit.Quality;

/// <summary>
/// The yardstick gives the numbers that the first platform is known to have given. The texts of its sample programs are
/// not recorded, so these programs are made up to have the parts.
/// </summary>
public sealed class BaseScorerTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 1, 9, 0, 0, TimeSpan.FromHours(9));
    private static readonly BaseOrganization Ict = new(BaseOrganizationType.Company, "ICT", 6, RdExperience: true, Collaboration: false, [], []);

    public static TheoryData<string, object, object> Worked => new()
    {
        { "23/20/20/10/8", Ict, Program("바우처 공모", "ICT", ["AI", "빅데이터", "클라우드"], 3, 7, 45) },
        { "17/20/20/10/8", Ict, Program("전환 공모", "Digital Transformation", ["디지털전환", "빅데이터"], 4, 8, 60) },
        { "18/20/20/10/5", Ict, Program("해양바이오 공모", "Marine Bio", ["정보통신"], 3, 8, 70) },
        { "5/20/20/10/12", Ict, Program("중소기업 상용화 공모", "SME Support", [], 4, 8, 30) },
        { "0/15/20/10/15", Ict, Program("문화예술 공모", null, [], null, null, 5) },
        { "5/20/20/10/8", Ict with { Sector = "MANUFACTURING" }, Program("공모", "MANUFACTURING", [], 4, 8, 45) },
        {
            "7/5/20/5/8", new BaseOrganization(BaseOrganizationType.Institute, null, null, false, Collaboration: true, [], ["디지털전환"]),
            Program("전환 공모", "Digital Transformation", ["디지털전환", "빅데이터"], 4, 8, 60)
        },
        { "0/5/20/0/12", new BaseOrganization(BaseOrganizationType.Company, null, null, false, false, [], []), Program("공모", null, [], null, null, 30) },
    };

    [Theory]
    [MemberData(nameof(Worked), DisableDiscoveryEnumeration = true)]
    public void Score_is_the_worked_number(string expected, object organization, object program) =>
        Assert.Equal(expected, Text(BaseScorer.Score((BaseOrganization)organization, (BaseProgram)program, Now)));

    [Fact]
    public void Trl_falls_with_distance_and_hides_nothing() => Assert.Equal(
        [3, 6, 12, 20, 20, 20, 15, 10, 5],
        Enumerable.Range(1, 9).Select(level => BaseScorer.Score(Ict with { Trl = level }, Program("공모", null, [], 4, 6, 5), Now)!.Value.Trl));

    [Theory]
    [InlineData("Digital Transformation", "Ict")]
    [InlineData("Biotech", "Ict")]
    [InlineData("SME Support", "Manufacturing")]
    [InlineData("Marine Bio", "BioHealth")]
    [InlineData("해양바이오", "BioHealth")]
    [InlineData("바이오소재", "Manufacturing")]
    [InlineData("", "Ict")]
    [InlineData("V", "Energy")]
    [InlineData("MANUFACTURING", null)]
    [InlineData("TRANSPORTATION", null)]
    [InlineData("ICT", "Ict")]
    public void Resolve_falls_into_the_known_traps(string input, string? expected) =>
        Assert.Equal(expected, BaseTaxonomy.Resolve(input)?.Sector.ToString());

    [Fact]
    public void Gates_stop_what_the_first_platform_never_showed()
    {
        var program = Program("공모", "ICT", [], 4, 6, 5);

        Assert.Null(BaseScorer.Score(Ict, program with { TargetTypes = [] }, Now));
        Assert.Null(BaseScorer.Score(Ict, program with { TargetTypes = [BaseOrganizationType.Institute] }, Now));
        Assert.Null(BaseScorer.Score(Ict, program with { Deadline = Now.AddSeconds(-1) }, Now));
        Assert.Empty(BaseScorer.Rank(Ict, [program with { Deadline = null }], Now, 3));
    }

    [Fact]
    public void Ties_keep_the_order_of_deadlines_and_then_that_of_the_input()
    {
        var program = Program("공모", null, [], 4, 6, 5);

        var ranked = BaseScorer.Rank(
            Ict, [program with { Id = "a" }, program with { Id = "b" }, program with { Id = "c", Deadline = Now.AddDays(4) }, program with { Id = "d" }], Now, 3);

        Assert.Equal(["c", "a", "b"], ranked.Select(match => match.Program.Id));
    }

    private static BaseProgram Program(string title, string? category, string[] keywords, int? min, int? max, int days) => new(
        title, title, category, keywords, null, [BaseOrganizationType.Company, BaseOrganizationType.Institute], min, max, Now.AddDays(days));

    private static string? Text(BaseBreakdown? found) =>
        found is { } points ? $"{points.Industry}/{points.Trl}/{points.Type}/{points.Rnd}/{points.Deadline}" : null;
}
