
namespace Connect.Domain.KoreanText;

/// <summary>The amounts of a text, in whole KRW.</summary>
/// <param name="Total">For the whole program, or without a stated purpose.</param>
/// <param name="PerProject">For one project, company or institute (과제당, 기업당 …), or for one year of it (연 2억원).</param>
/// <param name="Precondition">Money that the applicant has to raise, have or pay (투자유치, 자부담, 매출 …). Never a budget.</param>
public readonly record struct AmountReading(long? Total, long? PerProject, long? Precondition)
{
    /// <summary>The program's amount where there is one, else that of one project.</summary>
    public long? Amount => Total ?? PerProject;
}

/// <summary>
/// Amounts as Korean boards write them: 만 10⁴, 백만 10⁶, 천만 10⁷, 억 10⁸, 조 10¹², compound and fractional.
/// Of a range the upper end counts. 미정 and 0 are unknown. Nothing is computed: "연 2억원 × 3년" states no total.
/// </summary>
public static class KoreanAmounts
{
    /// <summary>A program pays at least this many projects; a smaller ratio may be one share of the total.</summary>
    private const int FewestProjects = 10;

    /// <summary>Reads all amounts of a text. Never throws.</summary>
    public static AmountReading Parse(string? text)
    {
        var normalized = PlainText.ForReading(text);
        if (AmountUnits.Find(normalized) is { } apart)
        {
            return AmountScopes.Of(normalized, 0, apart.Start, apart.Start, normalized.Length) switch
            {
                AmountScope.Precondition => new(null, null, apart.Won),
                AmountScope.PerProject => new(null, apart.Won, null),
                _ => new(apart.Won, null, null),
            };
        }

        long? unstated = null, ofProject = null, support = null, total = null, perProject = null, precondition = null;
        var previousEnd = 0;
        var ranges = Ranges(normalized);
        for (var i = 0; i < ranges.Count; i++)
        {
            var (start, end, won) = ranges[i];
            var nextStart = i + 1 < ranges.Count ? ranges[i + 1].Start : normalized.Length;
            var scope = AmountScopes.Of(normalized, previousEnd, start, end, nextStart);
            previousEnd = end;
            if (won is not > 0)
            {
                continue;
            }

            // The first amount of each kind counts: later ones are its parts or years.
            ref var kind = ref perProject;
            switch (scope)
            {
                case AmountScope.Support or AmountScope.Unstated:
                    // Behind the amount of a project, its years and stages; but what pays many projects is the program's.
                    var isOfProject = perProject is { } one && won / FewestProjects < one;
                    kind = ref isOfProject ? ref ofProject : ref unstated;
                    support ??= scope == AmountScope.Support && !isOfProject ? won : null;
                    break;
                case AmountScope.Total:
                    kind = ref total;
                    break;
                case AmountScope.Precondition:
                    kind = ref precondition;
                    break;
                default:
                    break;
            }

            kind ??= won;
        }

        // "5억원 지원, 사업 총 2,000억원": the payment is far below the total, so it is for one project.
        var isOneProjects = support <= total / FewestProjects;
        return new(total ?? unstated, perProject ?? (isOneProjects ? support : null), precondition);
    }

    /// <summary>A bare number under a table header that carries the unit: 총연구비(억원), then 48.75.</summary>
    public static long? ParseWithHeader(string? header, string? value) => AmountUnits.Parse(header, value) ?? Parse(value).Amount;

    /// <summary>The amounts, "1억원 ~ 3억원" and "1억원 이상 3억원 이하" being one: the upper end, null where either is unclear.</summary>
    private static List<ScannedAmount> Ranges(string text)
    {
        List<ScannedAmount> ranges = [];
        foreach (var amount in AmountScanner.Scan(text))
        {
            if (ranges.Count > 0 && ranges[^1] is var lower && Joins(text.AsSpan(lower.End, amount.Start - lower.End)))
            {
                ranges[^1] = new(lower.Start, amount.End, lower.Won is { } from && amount.Won is { } to ? Math.Max(from, to) : null);
            }
            else
            {
                ranges.Add(amount);
            }
        }

        return ranges;
    }

    private static bool Joins(ReadOnlySpan<char> between)
    {
        var sign = between.Trim();
        foreach (var word in (ReadOnlySpan<string>)["이상", "초과", "부터", "에서"])
        {
            if (sign.StartsWith(word, StringComparison.Ordinal))
            {
                sign = sign[word.Length..].TrimStart();
                return sign.IsEmpty || sign is "~" or "-";
            }
        }

        return sign is "~" or "-";
    }
}
