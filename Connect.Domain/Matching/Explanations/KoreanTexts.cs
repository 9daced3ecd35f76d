using System.Collections.Frozen;
using System.Collections.Immutable;
using Connect.Domain.Organizations;

namespace Connect.Domain.Matching.Explanations;

/// <summary>Explanations in formal Korean.</summary>
internal static class KoreanTexts
{
    public static ExplanationTexts Instance { get; } = new(
        Reasons().ToFrozenDictionary(StringComparer.Ordinal),
        Summary,
        Advice,
        "공고에 명시된 신청 자격을 기준으로 검토 대상에 포함되었습니다.",
        (day, left) => left == 0
            ? $"접수 마감일은 {Day(day)}로, 오늘 마감됩니다."
            : $"접수 마감일은 {Day(day)}이며, 마감까지 {left}일 남았습니다.",
        day => $"접수가 {Day(day)}에 마감되었습니다.",
        left => left == 0
            ? "오늘 마감되므로 접수 시각을 즉시 확인하시기 바랍니다."
            : $"마감까지 {left}일 남았습니다. 신청 서류를 미리 준비하시기 바랍니다.");

    private static Dictionary<string, ReasonText> Reasons() => new(StringComparer.Ordinal)
    {
        [MatchReasonCodes.ExactKeywordMatch] = For(1, d => $"등록하신 핵심어({Words(d)})가 공고에 포함되어 있습니다."),
        [MatchReasonCodes.SectorMatch] = For(1, d => $"공고 분야가 등록하신 산업 분야({d[0]})와 일치합니다."),
        [MatchReasonCodes.SectorByMinistry] = For(1, d =>
            $"소관 부처{(d.Length > 1 && d[1].Length > 0 ? $"({d[1]})" : "")}의 담당 분야가 등록하신 산업 분야({d[0]})와 같습니다."),
        [MatchReasonCodes.SectorKeywordMatch] = For(1, d => $"공고에서 해당 산업 분야의 용어({Words(d)})가 확인됩니다."),
        [MatchReasonCodes.CrossIndustryKeyword] = For(2, d => $"{d[0]} 분야의 공고이며, 등록하신 핵심어({Words(d[1..])})를 함께 다룹니다."),
        [MatchReasonCodes.TechnologyKeywordMatch] = For(1, d => $"보유하신 핵심 기술({Words(d)})이 공고 내용과 관련됩니다."),
        [MatchReasonCodes.TrlPerfectMatch] = For(3, d => $"기술성숙도(TRL {d[0]})가 공고의 요구 범위({Range(d)})에 해당합니다."),
        [MatchReasonCodes.TrlInferredMatch] = Care(3, d =>
            $"공고에 기술성숙도 요구가 명시되어 있지 않아 사업 성격에서 추정한 단계({Range(d)})와 비교했습니다. 등록하신 TRL {d[0]}은 그 안에 있습니다."),
        [MatchReasonCodes.TrlTooLowClose] = Care(3, d => $"기술성숙도(TRL {d[0]})가 사업 성격에서 추정한 단계({Range(d)})보다 한 단계 낮습니다. 공고 원문에서 요구 수준을 확인하시기 바랍니다."),
        [MatchReasonCodes.TrlTooLowModerate] = Care(3, d => $"기술성숙도(TRL {d[0]})가 사업 성격에서 추정한 단계({Range(d)})보다 두 단계 낮습니다. 공고 원문에서 요구 수준을 확인하시기 바랍니다."),
        [MatchReasonCodes.TrlTooHighClose] = Care(3, d => $"기술성숙도(TRL {d[0]})가 사업 성격에서 추정한 단계({Range(d)})보다 한 단계 높습니다. 공고 원문에서 요구 수준을 확인하시기 바랍니다."),
        [MatchReasonCodes.TrlTooHighModerate] = Care(3, d => $"기술성숙도(TRL {d[0]})가 사업 성격에서 추정한 단계({Range(d)})보다 두 단계 높습니다. 공고 원문에서 요구 수준을 확인하시기 바랍니다."),
        [MatchReasonCodes.TrlNotProvided] = Care(0, _ => "기술성숙도(TRL)가 등록되어 있지 않아 단계 적합성을 확인하지 못했습니다."),
        [MatchReasonCodes.TrlNoRequirement] = For(0, _ => "확인된 기술성숙도(TRL) 제한이 없습니다."),
        [MatchReasonCodes.TypeMatch] = For(0, _ => "공고의 지원 대상 유형에 해당합니다."),
        [MatchReasonCodes.TypeNoRestriction] = For(0, _ => "확인된 지원 대상 유형 제한이 없습니다."),
        [MatchReasonCodes.RegionMatch] = For(1, d => $"공고의 대상 지역({Words(d)})에 사업장이 있습니다."),
        [MatchReasonCodes.RegionUnchecked] = Care(1, d => $"대상 지역이 정해진 공고입니다({Words(d)}). 사업장 소재지가 등록되어 있지 않아 확인하지 못했습니다."),
        [MatchReasonCodes.ScaleUnchecked] = Care(1, d => $"{ScaleOf(d[0])}까지 신청할 수 있는 공고입니다. 기업 규모가 등록되어 있지 않아 확인하지 못했습니다."),
        [MatchReasonCodes.AgeUnchecked] = Care(1, d => $"업력 {d[0]}년 미만 기업을 위한 공고입니다. 설립일이 등록되어 있지 않아 확인하지 못했습니다."),
        [MatchReasonCodes.RndExperience] = For(0, _ => "연구개발 과제 수행 경험이 있습니다."),
        [MatchReasonCodes.Collaboration] = For(1, d => $"공동연구 수행 경험이 {d[0]}건 있습니다."),
        [MatchReasonCodes.DeadlineSet] = For(1, d => $"접수 마감일은 {d[0]}입니다."),
        [MatchReasonCodes.DeadlineUnknown] = Care(0, _ => "접수 마감일이 확인되지 않았습니다. 공고 원문에서 일정을 확인하시기 바랍니다."),
        [MatchReasonCodes.BudgetUnknown] = Care(0, _ => "지원 예산 규모가 확인되지 않았습니다. 공고 원문을 확인하시기 바랍니다."),
    };

    private static string Summary(ScoreBand band, int score, OrganizationType type)
    {
        var you = type == OrganizationType.Company ? "귀사" : "귀 기관";
        return band switch
        {
            ScoreBand.Excellent => $"{you}의 조건에 매우 적합한 공고입니다(적합도 {score}점).",
            ScoreBand.Good => $"{you}의 조건에 대체로 부합하는 공고입니다(적합도 {score}점).",
            ScoreBand.Conditional => $"{you}의 일부 조건에 부합하는 공고로, 세부 요건의 확인이 필요합니다(적합도 {score}점).",
            _ => $"{you}의 조건과 부합하는 정도가 낮은 공고입니다(적합도 {score}점).",
        };
    }

    private static string Advice(ScoreBand band) => band switch
    {
        ScoreBand.Excellent => "공고 원문의 세부 자격 요건을 확인하신 후 신청 준비를 시작하시기를 권합니다.",
        ScoreBand.Good => "공고 원문의 세부 자격 요건을 확인하시고 신청을 적극 검토하시기를 권합니다.",
        ScoreBand.Conditional => "지원 조건을 먼저 확인하신 후 신청 여부를 결정하시기를 권합니다.",
        _ => "다른 공고와 비교하여 신중히 검토하시기를 권합니다.",
    };

    private static ReasonText For(int details, Func<ImmutableArray<string>, string> sentence) =>
        new(ReasonTone.Positive, details, sentence);

    private static ReasonText Care(int details, Func<ImmutableArray<string>, string> sentence) =>
        new(ReasonTone.Warning, details, sentence);

    private static string ScaleOf(string scale) => scale switch
    {
        "STARTUP" => "창업기업",
        "SME" => "중소기업",
        _ => "중견기업",
    };

    private static string Words(ImmutableArray<string> details) => string.Join(", ", details);

    private static string Range(ImmutableArray<string> details) =>
        details[1] == details[2] ? $"TRL {details[1]}" : $"TRL {details[1]}~{details[2]}";

    private static string Day(DateOnly day) => $"{day.Year}년 {day.Month}월 {day.Day}일";
}
