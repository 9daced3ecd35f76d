using System.Text.Json.Nodes;
using Connect.Api.Explanations;
using Connect.Api.Matches;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;

namespace Connect.Api.OpenApi.Examples;

internal static class MatchExamples
{
    public static readonly Guid Id = MatchId.For(OrganizationExamples.Id, ProgramExamples.Id);

    private static readonly BreakdownItem Breakdown = new(Industry: 23, Trl: 20, Type: 20, Rnd: 10, Deadline: 8);

    private static readonly MatchItem Item = new(
        Id, Score: 81, Breakdown,
        new MatchExplanation(
            "귀사의 프로필과 매우 잘 맞는 공고입니다(81점).", ["산업 분야가 일치합니다(ICT).", "기술성숙도가 공고의 범위 안에 있습니다(TRL 5~7)."], [],
            ["지금 신청을 준비하시기를 권합니다."]),
        new MatchedProgram(
            ProgramExamples.Id, "2026년도 한국어 자연어처리 기술개발사업 신규지원 대상과제 공고", Agency.IITP, "ICT", "300000000",
            ContractExamples.At(12, 31, 18), DaysLeft: 38, "https://board.example.com/iitp/view?id=2041"));

    private static readonly MarkAuthor Author = new(ContractExamples.Id(40), KeyId: null, "minjun.kim@example.com");

    private static readonly MatchMarkChangeItem Change = new(
        ContractExamples.Id(43), ContractExamples.At(11, 25), Author, MatchStatus.Interested, MatchStatus.Preparing, DismissalReason: null,
        "제안서 초안 12월 5일까지");

    private static readonly StoredMatchItem Stored = new(
        Id, OrganizationExamples.Id, Score: 81, Breakdown, Saved: true, Viewed: true, MatchStatus.Preparing, DismissalReason: null,
        "제안서 초안 12월 5일까지", ContractExamples.At(11, 24), ContractExamples.At(11, 25), Author, ContractExamples.At(11, 23), MatchingAlgorithm.Version,
        "\"3\"",
        new StoredMatchProgram(
            ProgramExamples.Id, Item.Program.Title, Agency.IITP, "ICT", ProgramStatus.Active, "300000000", ContractExamples.At(12, 31, 18),
            DaysLeft: 38, Item.Program.AnnouncementUrl));

    public static readonly IReadOnlyDictionary<Type, JsonObject> Parts = new Dictionary<Type, JsonObject>
    {
        [typeof(MatchMarks)] = new() { ["status"] = "DISMISSED", ["dismissalReason"] = "NO_CAPACITY", ["note"] = "내년에 다시 검토" },
    };

    public static readonly object[] All =
    [
        Stored,
        new Page<StoredMatchItem>([Stored], NextCursor: null),
        new Page<MatchMarkChangeItem>([Change], NextCursor: null),
        new MatchOutcomes(
            OrganizationExamples.Id, [new(MatchStatus.Applied, 2), new(MatchStatus.Won, 1)], [new(DismissalReason.NoCapacity, 3)],
            [new(2026, [new(MatchStatus.Applied, 2), new(MatchStatus.Won, 1)])]),
        new MatchesResponse(
            OrganizationExamples.Id, [Item], MatchingAlgorithm.Version, Cached: true, ContractExamples.At(11, 23), Message: null)
        {
            Hidden =
            [
                new HiddenItem(
                    64, ["TRL_OUT_OF_RANGE"], ["기술성숙도가 공고의 범위를 벗어납니다(TRL 1~3)."],
                    new MatchedProgram(
                        ContractExamples.Id(3), "2026년 초거대 언어 모델 기초연구 지원사업 공고", Agency.NTIS, "기초연구", BudgetAmount: null,
                        ContractExamples.At(12, 18, 16), DaysLeft: 25, "https://board.example.com/ntis/view?id=7730")),
            ],
        },
        new ExplanationResponse(
            Id, OrganizationExamples.Id, ProgramExamples.Id, "ko", "rules", "귀사의 산업 분야와 기술성숙도가 이 공고의 조건과 맞습니다.\n\n마감까지 38일 남았습니다.",
            Model: null, "not-configured", Score: 81, Breakdown, ContractExamples.At(11, 23)),
    ];
}
