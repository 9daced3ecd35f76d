using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

public sealed class SimilarProgramsTests
{
    private static readonly ActiveProgram Own = ProgramOf("2026년도 수중드론 음파탐지 기술개발사업 공고", id: 1, ministry: "해양수산부");

    [Fact]
    public void Rare_shared_keyword_counts_more_than_a_common_one()
    {
        var similar = Find(
            ProgramOf("2026년도 수중드론 급속충전 실증 공고", id: 2), ProgramOf("2026년도 음파탐지 센서 보급 공고", id: 3),
            ProgramOf("2026년도 음파탐지 교재 편찬 공고", id: 4), ProgramOf("2026년도 로봇손 도자기 공고", id: 5));

        Assert.Equal(Id(2), similar[0].Program.Id);
        Assert.Contains("수중드론", similar[0].SharedKeywords);
        Assert.True(similar[0].Score > similar[1].Score);
    }

    [Fact]
    public void Shared_sectors_are_named()
    {
        var program = ProgramOf("2026년도 인공지능 번역 기술개발 공고", id: 1);

        var similar = new MatchEngine().FindSimilar(program, [ProgramOf("2026년도 소프트웨어 품질 실증 공고", id: 2)], Now, 5);

        Assert.Equal([Sector.Ict], Assert.Single(similar).SharedSectors);
    }

    [Fact]
    public void Program_of_another_region_is_less_similar()
    {
        var program = ProgramOf("[부산] 2026년 수중드론 음파탐지 실증 공고", id: 1);
        ActiveProgram[] open = [ProgramOf("[강원] 2026년 수중드론 충전 보급 공고", id: 2), ProgramOf("[부산] 2026년 수중드론 운항 보급 공고", id: 3), ProgramOf("2026년 로봇손 도자기 공고", id: 4)];

        var similar = new MatchEngine().FindSimilar(program, [.. open], Now, 5);

        Assert.Equal(Id(3), similar[0].Program.Id);
    }

    [Fact]
    public void Program_itself_its_postings_its_rounds_and_closed_ones_are_left_out()
    {
        var similar = Find(
            Own, ProgramOf(Own.Title, id: 2, ministry: "해양수산부"), ProgramOf("2027년도 수중드론 음파탐지 기술개발사업 재공고", id: 3, ministry: "해양수산부"),
            ProgramOf("2026년도 수중드론 음파탐지 실증사업 공고", id: 4, days: -1), ProgramOf("2026년도 수중드론 음파탐지 표준화 공고", id: 5),
            ProgramOf("2026년도 인공지능 교재 편찬 공고", id: 6));

        Assert.Equal(Id(5), Assert.Single(similar, one => one.SharedKeywords.Contains("수중드론")).Program.Id);
        Assert.DoesNotContain(similar, one => one.Program.Id == Id(1) || one.Program.Id == Id(2) || one.Program.Id == Id(3) || one.Program.Id == Id(4));
    }

    [Fact]
    public void Replaced_posting_is_listed_once()
    {
        var similar = Find(
            ProgramOf("2026년도 수중드론 음파탐지 표준화 공고", id: 2, days: 10), ProgramOf("2026년도 수중드론 음파탐지 표준화 공고", id: 3, days: 20),
            ProgramOf("2026년도 로봇손 도자기 공고", id: 4));

        Assert.Equal([Id(3)], similar.Where(one => one.SharedKeywords.Contains("수중드론")).Select(one => one.Program.Id));
    }

    [Fact]
    public void Order_does_not_depend_on_the_input_and_ends_with_the_id()
    {
        var programs = Enumerable.Range(2, 9).Select(id => ProgramOf($"2026년도 수중드론 {(char)('가' + id)}형 보급 공고", id: id)).ToArray();

        var similar = Find(programs).Select(one => one.Program.Id).ToArray();

        Assert.Equal(similar, Find([.. programs.Reverse()]).Select(one => one.Program.Id));
        Assert.Equal(similar.Order(), similar);
    }

    [Fact]
    public void Nothing_is_similar_to_nothing()
    {
        Assert.Empty(new MatchEngine().FindSimilar(Own, [], Now, 5));
        Assert.Empty(new MatchEngine().FindSimilar(Own, [ProgramOf("2026년도 수중드론 공고", id: 2)], Now, 0));
    }

    private static List<SimilarProgram> Find(params ActiveProgram[] open) => [.. new MatchEngine().FindSimilar(Own, [.. open], Now, 20)];
}
