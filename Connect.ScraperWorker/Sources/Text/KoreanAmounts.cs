using System.Globalization;
using System.Text.RegularExpressions;
using Connect.Core.Classification;

namespace Connect.ScraperWorker.Sources.Text;

/// <summary>What a text says about money, in whole KRW.</summary>
/// <param name="Total">For the programme as a whole, or where the text does not say for what.</param>
/// <param name="PerProject">For one project, company or institute (과제당, 기업당 …).</param>
internal readonly record struct AmountReading(long? Total, long? PerProject)
{
    /// <summary>The programme's amount where there is one, else that of one project.</summary>
    public long? Amount => Total ?? PerProject;
}

/// <summary>
/// Amounts as Korean boards write them: 만 10⁴, 백만 10⁶, 천만 10⁷, 억 10⁸, 조 10¹², compound and fractional.
/// Of a range the upper end counts. 미정 and 0 are unknown. Money that the applicant has to raise (투자, 자부담) is not a budget.
/// </summary>
internal static partial class KoreanAmounts
{
    private static readonly string[] PerProjectMarks =
        ["과제당", "과제별", "과제 당", "기업당", "업체당", "기관당", "개사당", "팀당", "건당", "社당", "사당", "연구실당", "품목당", "1개 과제"];

    private static readonly string[] TotalMarks = ["총", "전체", "합계", "사업비", "예산"];
    private static readonly string[] ApplicantMarks = ["투자", "자부담", "민간부담", "매출", "출자", "현금"];

    /// <summary>Everything that the text says. Never throws.</summary>
    public static AmountReading Parse(string? text)
    {
        var normalized = PlainText.ForParsing(text);
        if (UnitHeaderRegex().Match(normalized) is { Success: true } header)
        {
            return new(Scaled(header.Groups["n"].ValueSpan, header.Groups["u"].ValueSpan), null);
        }

        long? stated = null, unscoped = null, perProject = null;
        var previousEnd = 0;
        (int Scope, long Value)? previous = null;
        foreach (var amount in AmountScanner.Scan(normalized))
        {
            var context = normalized.AsSpan(previousEnd, amount.Start - previousEnd);
            var upper = previous is not null && context.Trim() is "~" or "-" or "에서" or "부터";
            var scope = upper ? previous!.Value.Scope : Scope(context, normalized.AsSpan(amount.End));
            previousEnd = amount.End;
            if (amount.Won is not { } won || won == 0)
            {
                continue;
            }

            previous = (scope, won);
            switch (scope)
            {
                case PerProjectScope when perProject is null || upper:
                    perProject = Math.Max(perProject ?? 0, won);
                    break;
                case StatedTotalScope when stated is null || upper:
                    stated = Math.Max(stated ?? 0, won);
                    break;
                case UnscopedScope when unscoped is null || upper:
                    unscoped = Math.Max(unscoped ?? 0, won);
                    break;
            }
        }

        return new(stated ?? unscoped, perProject);
    }

    /// <summary>A bare number under a table header that carries the unit: 총연구비(억원), then 48.75.</summary>
    public static long? ParseWithHeader(string? header, string? value)
    {
        var unit = UnitRegex().Match(PlainText.ForParsing(header));
        var number = NumberRegex().Match(PlainText.ForParsing(value));
        return unit.Success && number.Success
            ? Scaled(number.ValueSpan, unit.Groups["u"].ValueSpan)
            : Parse(value).Amount;
    }

    private const int UnscopedScope = 0;
    private const int StatedTotalScope = 1;
    private const int PerProjectScope = 2;
    private const int ApplicantScope = 3;

    private static int Scope(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        before = before.Length > 24 ? before[^24..] : before;
        var line = before.LastIndexOf('\n');
        before = line < 0 ? before : before[(line + 1)..];
        after = after.Length > 10 ? after[..10] : after;
        var stop = after.IndexOfAny(",;\n");
        after = stop < 0 ? after : after[..stop];
        if (Last(before, ApplicantMarks) >= 0 || Last(after, ApplicantMarks) >= 0)
        {
            return ApplicantScope;
        }

        var (per, total) = (Last(before, PerProjectMarks), Last(before, TotalMarks));
        return per < 0 && total < 0 ? UnscopedScope : per > total ? PerProjectScope : StatedTotalScope;
    }

    private static int Last(ReadOnlySpan<char> text, string[] marks)
    {
        var last = -1;
        foreach (var mark in marks)
        {
            last = Math.Max(last, text.LastIndexOf(mark, StringComparison.Ordinal));
        }

        return last;
    }

    private static long? Scaled(ReadOnlySpan<char> number, ReadOnlySpan<char> unit)
    {
        var scale = unit switch
        {
            "조" => 1_000_000_000_000m,
            "억" => 100_000_000m,
            "천만" => 10_000_000m,
            "백만" => 1_000_000m,
            "만" => 10_000m,
            "천" => 1_000m,
            _ => 1m,
        };
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
            ? AmountScanner.Whole(value, scale) is { } won and > 0 ? won : null
            : null;
    }

    private const string Number = "(?<n>[0-9][0-9,]{0,24}(?:\\.[0-9]{1,6})?)";

    [GeneratedRegex(@"\(\s?(?:단위\s?:?\s?)?(?<u>조|억|천만|백만|만|천)?\s?원\s?\)", RegexOptions.CultureInvariant)]
    private static partial Regex UnitRegex();

    [GeneratedRegex(@"\(\s?(?:단위\s?:?\s?)?(?<u>조|억|천만|백만|만|천)?\s?원\s?\)\s{0,3}[:|]?\s{0,3}" + Number + @"(?![0-9.,]|\s?[조억천백만원개년])", RegexOptions.CultureInvariant)]
    private static partial Regex UnitHeaderRegex();

    [GeneratedRegex(@"\A\s?" + Number + @"\s?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberRegex();
}
