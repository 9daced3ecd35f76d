using System.Collections.Frozen;
using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching.Explanations;

/// <summary>Explains why a program is hidden, one sentence per reason, from the program's data alone.</summary>
public static class HiddenTexts
{
    private static readonly FrozenDictionary<HiddenReasons, Func<ActiveProgram, string>> Korean =
        new Dictionary<HiddenReasons, Func<ActiveProgram, string>>
        {
            [HiddenReasons.StatusClosed] = _ => "접수가 종료되었거나 취소된 공고입니다.",
            [HiddenReasons.DeadlinePassed] = program => $"접수 마감일({DayOf(program)})이 지났습니다.",
            [HiddenReasons.UmbrellaCall] = _ => "접수 일정과 예산이 정해지지 않은 통합 공고입니다. 세부 공고를 기다려 주시기 바랍니다.",
            [HiddenReasons.DesignatedPerformer] = _ => "수행 기관이 이미 지정된 과제입니다.",
            [HiddenReasons.AudienceMismatch] = _ => "신청할 수 있는 기관 유형이 다릅니다.",
            [HiddenReasons.StructureMismatch] = _ => "신청할 수 있는 사업자 형태가 다릅니다.",
            [HiddenReasons.StructureUnknown] = _ => "사업자 형태가 제한된 공고입니다. 프로필에 사업자 형태를 등록해 주시기 바랍니다.",
            [HiddenReasons.ScaleTooLarge] = _ => "더 작은 규모의 기업을 위한 공고입니다.",
            [HiddenReasons.BusinessTooOld] = program => $"업력 {program.Traits.Requirements.MaxYears}년 미만 기업을 위한 공고입니다.",
            [HiddenReasons.RegionMismatch] = program => $"대상 지역({Labels(program)})에 등록된 사업장이 없습니다.",
            [HiddenReasons.TrlOutOfRange] = program => $"기술성숙도가 {(IsInferred(program) ? "사업 성격에서 추정한 단계" : "공고의 요구 범위")}({Range(program, "~")})를 벗어납니다.",
            [HiddenReasons.SectorExcluded] = _ => "제외 분야로 등록하신 분야의 공고입니다.",
            [HiddenReasons.SectorUnrelated] = _ => "등록하신 산업 분야와 관련이 적은 분야의 공고입니다.",
            [HiddenReasons.KeywordMissing] = _ => "분야의 관련성이 높지 않고, 등록하신 핵심어가 공고에 없습니다.",
            [HiddenReasons.ScoreTooLow] = _ => $"적합도가 기준({MatchingAlgorithm.MinimumScore}점)에 미치지 못합니다.",
            [HiddenReasons.RepeatedCall] = _ => "같은 공고가 다시 게시되어 하나만 표시합니다.",
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<HiddenReasons, Func<ActiveProgram, string>> English =
        new Dictionary<HiddenReasons, Func<ActiveProgram, string>>
        {
            [HiddenReasons.StatusClosed] = _ => "The program was closed or withdrawn.",
            [HiddenReasons.DeadlinePassed] = program => $"The deadline ({DayOf(program)}) has passed.",
            [HiddenReasons.UmbrellaCall] = _ => "The announcement has neither schedule nor budget; the programs themselves will follow.",
            [HiddenReasons.DesignatedPerformer] = _ => "Who carries the project out is designated already.",
            [HiddenReasons.AudienceMismatch] = _ => "The program is for another kind of organization.",
            [HiddenReasons.StructureMismatch] = _ => "The program is for another legal form of business.",
            [HiddenReasons.StructureUnknown] = _ => "The program is for one legal form of business; give yours in the profile.",
            [HiddenReasons.ScaleTooLarge] = _ => "The program is for smaller companies.",
            [HiddenReasons.BusinessTooOld] = program => $"The program is for companies less than {program.Traits.Requirements.MaxYears} years old.",
            [HiddenReasons.RegionMismatch] = program => $"You have given no site where the program is for ({string.Join(", ", program.Traits.Regions)}).",
            [HiddenReasons.TrlOutOfRange] = program =>
                $"Your readiness level is outside of what {(IsInferred(program) ? "such programs usually ask" : "the program asks")} for ({Range(program, " to ")}).",
            [HiddenReasons.SectorExcluded] = _ => "The program is of a sector that you exclude.",
            [HiddenReasons.SectorUnrelated] = _ => "The program's sector has too little to do with yours.",
            [HiddenReasons.KeywordMissing] = _ => "The program's sector is only loosely related to yours, and none of your keywords stands in the program.",
            [HiddenReasons.ScoreTooLow] = _ => $"The score is below the minimum ({MatchingAlgorithm.MinimumScore}).",
            [HiddenReasons.RepeatedCall] = _ => "The same program was posted again and is shown once.",
        }.ToFrozenDictionary();

    /// <summary>A sentence for each reason, in the order of <see cref="HiddenReasonCodes.Of"/>.</summary>
    public static ImmutableArray<string> Build(HiddenProgram hidden, ExplanationLanguage language)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        var texts = language == ExplanationLanguage.En ? English : Korean;
        return [.. HiddenReasonCodes.Split(hidden.Reasons).Select(reason => texts[reason](hidden.Program))];
    }

    private static bool IsInferred(ActiveProgram program) => program.Traits.TrlConfidence == TrlConfidence.Inferred;

    private static string DayOf(ActiveProgram program) => program.Deadline is { } deadline
        ? SeoulTime.DateOf(deadline).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : "";

    private static string Labels(ActiveProgram program) => string.Join(", ", program.Traits.Regions.Select(RegionMap.Default.Label));

    private static string Range(ActiveProgram program, string to)
    {
        var (low, high) = MatchingAlgorithm.TrlRange(program.MinTrl, program.MaxTrl);
        return low == high ? $"TRL {low}" : $"TRL {low}{to}{high}";
    }
}
