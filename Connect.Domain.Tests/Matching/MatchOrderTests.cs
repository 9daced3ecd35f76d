using System.Collections.Immutable;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Processes;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

public sealed class MatchOrderTests
{
    [Fact]
    public void Rank_orders_by_score_then_deadline_then_id()
    {
        var matches = Rank(
            Organization(),
            ProgramOf("인공지능 다 분야", id: 7, days: null),
            ProgramOf("인공지능 라 분야", id: 6, days: 70),
            ProgramOf("인공지능 마 분야", id: 5, days: 65),
            ProgramOf("인공지능 바 분야", id: 4, days: 65),
            ProgramOf("인공지능 사 분야", id: 3, days: 2));

        Assert.Equal([Id(3), Id(4), Id(5), Id(6), Id(7)], matches.Select(match => match.Program.Id));
        Assert.Equal(matches[1].Score, matches[4].Score);
    }

    [Fact]
    public void Rank_takes_no_more_than_asked() =>
        Assert.Equal(
            2,
            new MatchEngine().Rank(Organization(), [.. Enumerable.Range(1, 9).Select(i => ProgramOf($"AI 제{i}차", id: i))], Now, 2).Length);

    [Fact]
    public void Rank_gives_the_same_answer_when_input_is_shuffled()
    {
        var random = new Random(20260310);
        var expected = Describe(Programs(), take: 15);
        Assert.NotEmpty(expected);
        for (var round = 0; round < Rounds.Of(50); round++)
        {
            var shuffled = Programs();
            random.Shuffle(shuffled);

            Assert.Equal(expected, Describe(shuffled, take: 15));
        }
    }

    [Fact]
    public void Rank_gives_a_prefix_when_fewer_are_taken() =>
        Assert.Equal(Describe(Programs(), take: 15).Take(3), Describe(Programs(), take: 3));

    [Fact]
    public void Rank_stays_in_bounds_for_any_program()
    {
        foreach (var match in new MatchEngine().Rank(Organization(), [.. Programs()], Now, int.MaxValue))
        {
            Assert.InRange(match.Score, MatchingAlgorithm.MinimumScore, 100);
            Assert.InRange(match.Breakdown.Industry, 0, MatchingAlgorithm.MaxIndustry);
            Assert.Equal(match.Codes().Distinct(), match.Codes());
        }
    }

    [Fact]
    public void Rank_keeps_one_when_a_program_is_posted_twice()
    {
        var matches = Rank(
            Organization(),
            ProgramOf("인공지능 기술개발 공고", id: 1, days: null),
            ProgramOf("인공지능  기술개발·공고", id: 2, days: 20),
            ProgramOf("「인공지능 기술개발」 공고_(2025)인공지능 기술개발 공고", id: 3, days: 20, budget: null));

        Assert.Equal(Id(2), Assert.Single(matches).Program.Id);
    }

    [Fact]
    public void Rank_keeps_the_open_row_when_the_other_is_over() =>
        Assert.Equal(Id(1), Assert.Single(Rank(Organization(), ProgramOf(id: 1, days: null), ProgramOf(id: 2, days: -1))).Program.Id);

    [Fact]
    public void Rank_keeps_the_row_that_admits_when_its_better_twin_does_not() =>
        Assert.Equal(Id(1), Assert.Single(Rank(
            Organization(), ProgramOf(id: 1, days: null), ProgramOf(id: 2, days: 9, targets: [OrganizationType.ResearchInstitute]))).Program.Id);

    [Fact]
    public void Rank_keeps_both_when_agency_or_number_differs()
    {
        Assert.Equal(2, Rank(Organization(), ProgramOf(id: 1), ProgramOf(id: 2, agency: Agency.NTIS)).Length);
        Assert.Equal(2, Rank(
            Organization(), ProgramOf("(공고 제2026-24호) AI 과제", id: 1), ProgramOf("(공고 제2026-25호) AI 과제", id: 2)).Length);
    }

    private static ImmutableArray<string> Describe(ActiveProgram[] programs, int take) =>
        new MatchEngine().Rank(Organization(focus: ["수요예측", "로봇"], collaborations: 1), [.. programs], Now, take)
            .Select(match => (match, reasons: match.Reasons.Select(reason => reason.Code + string.Join(',', reason.Details))))
            .Select(pair => $"{pair.match.Program.Id} {pair.match.Breakdown} {string.Join('|', pair.reasons)}")
            .ToImmutableArray();

    private static ActiveProgram[] Programs()
    {
        var random = new Random(7);
        string[] subjects = ["인공지능", "로봇", "백신", "스마트팜", "선박", "수요예측", "반도체", "자율주행", "양자", "중소기업 지원", "AI 로봇"];
        return
        [
            .. Enumerable.Range(1, 300).Select(i => ProgramOf(
                $"{subjects[random.Next(subjects.Length)]} 기술개발 제{random.Next(40)}차",
                id: i,
                days: random.Next(5) == 0 ? null : random.Next(-5, 90),
                min: random.Next(3) == 0 ? random.Next(1, 6) : null,
                max: random.Next(3) == 0 ? random.Next(5, 10) : null,
                budget: random.Next(4) == 0 ? null : 100_000_000)),
        ];
    }
}
