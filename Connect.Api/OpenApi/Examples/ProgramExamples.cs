using Connect.Api.Programs;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Series;

namespace Connect.Api.OpenApi.Examples;

internal static class ProgramExamples
{
    public static readonly Guid Id = ContractExamples.Id(2);

    private static readonly ProgramSummary Summary = new(
        Id, "2026년도 한국어 자연어처리 기술개발사업 신규지원 대상과제 공고", Agency.IITP, ProgramKind.Call, ProgramStatus.Active,
        "과학기술정보통신부", "ICT", [Sector.Ict], "300000000", ContractExamples.At(11, 16), ContractExamples.At(12, 31, 18), "https://board.example.com/iitp/view?id=2041");

    public static readonly object[] All =
    [
        new ProgramPage(
            [
                Summary with
                {
                    Hits = new([new HitPlace(12, 4)], [new TextHits("keywords", "자연어처리", [new HitPlace(0, 5)])], Text: null),
                },
            ],
            "MnwwfDF8NjM5MDI4NzY0MDAwMDAwMDAwfDAxOTlmM2Ey")
        {
            Facets = new(
                [new("IITP", 12)], [new("CALL", 11), new("NOTICE", 1)], [new("ACTIVE", 12)], [new("ICT", 10), new(null, 2)], [new(null, 12)],
                [new(null, 9), new("COMPANY", 3)]),
        },
        new ProgramDetail(
            Summary, "한국어 자연어처리 분야의 핵심기술을 보유한 중소기업을 지원합니다. 기술성숙도 5~7단계.", "정보통신기획평가원", ["자연어처리", "인공지능"],
            [OrganizationType.Company], MinTrl: 5, MaxTrl: 7, TrlConfidence.Explicit, ProgramIntent.AppliedResearch, [],
            [new EvidenceItem("trl", "5..7", ["기술성숙도 5~7단계"], EvidenceSource.Body)],
            ContractExamples.At(11, 16), ContractExamples.At(12, 1),
            [
                new PeriodItem(ContractExamples.At(11, 20), ContractExamples.At(11, 30, 18), Replaced: false),
                new PeriodItem(ContractExamples.At(12, 1), ContractExamples.At(12, 15, 18), Replaced: true),
                new PeriodItem(ContractExamples.At(12, 1), ContractExamples.At(12, 31, 18), Replaced: false),
            ],
            ["공고문.hwp", "신청서 양식.hwp"], ContractExamples.At(11, 20, 15),
            [new PostingItem(Agency.IITP, Summary.AnnouncementUrl, ContractExamples.At(11, 16, 12), VanishedAt: null)],
            [
                new ChangeItem(
                    ProgramChangeKind.Changed, ContractExamples.At(11, 20, 15), [new FieldChange("budgetAmount", "250000000", "300000000")]),
            ]),
        new ProgramSeries(
            Id,
            [
                new SeriesRoundItem(
                    ContractExamples.Id(12), "2025년도 한국어 자연어처리 기술개발사업 신규지원 대상과제 공고", Agency.IITP, ProgramStatus.Expired, ProgramKind.Call,
                    ContractExamples.At(11, 16).AddYears(-1), ContractExamples.At(12, 1).AddYears(-1), ContractExamples.At(12, 31, 18).AddYears(-1),
                    "250000000", "https://board.example.com/iitp/view?id=1033", Year: 2025, Round: null),
            ],
            NextRoundState.Expected,
            new NextRoundItem(new(2026, 11, 17), new(2026, 12, 15), RoundConfidence.High, Years: 3, SpreadDays: 6, Overdue: false)),
        new SimilarPrograms(
            Id,
            [
                new SimilarProgramItem(
                    ContractExamples.Id(13), "2026년도 한국어 음성인식 기술개발사업 신규과제 공모", Agency.NTIS, "과학기술정보통신부", "500000000",
                    ContractExamples.At(12, 20, 18), "https://board.example.com/ntis/view?id=88", Score: 14, [Sector.Ict], ["한국어", "인공지능"]),
            ]),
    ];
}
