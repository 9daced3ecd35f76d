namespace Connect.Domain.KoreanText;

/// <summary>The purpose of an amount.</summary>
internal enum AmountScope
{
    /// <summary>The text does not say.</summary>
    Unstated,

    /// <summary>Not stated either, but it is paid as support ("5억원 지원").</summary>
    Support,

    /// <summary>The whole program.</summary>
    Total,

    /// <summary>One project, company or institute, or one year of it.</summary>
    PerProject,

    /// <summary>Money that the applicant has to raise, have or pay.</summary>
    Precondition,
}

/// <summary>Reads the purpose of an amount from the words beside it. Blanks do not count.</summary>
internal static class AmountScopes
{
    private const int Before = 40;
    private const int After = 16;

    // One of these, and 당, 별 or 마다 behind it.
    private static readonly string[] Units =
    [
        "과제", "기업", "업체", "기관", "개사", "개소", "팀", "건", "社", "사", "인", "명", "연구실", "연구단", "연구소", "연구자", "센터", "품목", "사업단", "컨소시엄",
        "대학", "학교", "개교", "병원", "단지", "특구", "거점", "지자체", "조합", "클러스터", "플랫폼", "단체", "제품", "아이템", "트랙", "세부", "총괄",
    ];

    private static readonly string[] PerProjectMarks =
        [.. Units.SelectMany(static unit => (string[])[unit + "당", unit + "별", unit + "마다"]), "1개과제", "각과제", "개별과제"];


    private static readonly string[] TotalMarks = ["총", "전체", "합계", "사업비", "예산"];

    private static readonly string[] ApplicantMarks =
    [
        "투자", "부담", "대응자금", "매칭", "매출", "출자", "현금", "현물", "자본금", "총자산", "수출", "참가비", "등록비", "수수료", "보증금", "담보",
    ];

    private static readonly string[] SupportMarks = ["지원", "출연", "국비", "보조", "정부"];
    private static readonly string[] Limits = ["까지", "이내", "범위", "한도", "내외", "내에서", "내", "정도", "수준", "규모", "상당", "씩", "을", "를", "의", "로", "("];
    private static readonly string[] Amounts = ["금", "액", "비", "은", "는", "약", "최대", "최소", "총", "연간", "연", ":", "("];
    private static readonly string[] Estimates = ["약", "최대", "최소", "평균", "각"];

    /// <summary>The scope of the amount between two places of the text, its neighbours being amounts too.</summary>
    public static AmountScope Of(string text, int previousEnd, int start, int end, int nextStart)
    {
        Span<char> beforeSpace = stackalloc char[Before];
        Span<char> afterSpace = stackalloc char[After];
        var before = Compact(text.AsSpan(Math.Max(previousEnd, start - Before), start - Math.Max(previousEnd, start - Before)), beforeSpace);
        before = before[(before.LastIndexOf('\n') + 1)..];
        var clause = before[(before.LastIndexOfAny(",;/+→") + 1)..];
        var last = Math.Min(nextStart, Math.Min(text.Length, end + After));
        var after = Compact(text.AsSpan(end, last - end), afterSpace);
        var stop = after.IndexOfAny(",;+\n");
        var touchesNext = stop < 0 && last == nextStart && nextStart < text.Length;
        after = stop < 0 ? after : after[..stop];

        var isPaid = Strip(after, Limits).StartsWithAny(SupportMarks);
        if (!isPaid && IsApplicants(clause, after, touchesNext))
        {
            return AmountScope.Precondition;
        }

        if (clause.LastOfAny(PerProjectMarks) >= 0)
        {
            return AmountScope.PerProject;
        }

        var (per, total) = (before.LastOfAny(PerProjectMarks), before.LastOfAny(TotalMarks));
        return clause.LastOfAny(TotalMarks) >= 0 || total > per ? AmountScope.Total
            : per >= 0 || IsYearly(clause, after) ? AmountScope.PerProject
            : isPaid ? AmountScope.Support
            : AmountScope.Unstated;
    }

    private static bool IsApplicants(ReadOnlySpan<char> clause, ReadOnlySpan<char> after, bool touchesNext)
    {
        // An investment that is made in the applicant is support.
        var support = Math.Max(clause.LastOfAny(SupportMarks), clause.LastOfAny("지분투자", "투자지원"));
        if (clause.LastOfAny(ApplicantMarks) > support + (support >= 0 ? 2 : 0))
        {
            return true;
        }

        foreach (var mark in ApplicantMarks)
        {
            if (after.IndexOf(mark, StringComparison.Ordinal) is var index and >= 0
                && support < 0
                && !after[..index].ContainsAny(SupportMarks)

                // "3억원(부가세 10% 자부담)": another number's.
                && after[..index].IndexOfAnyInRange('0', '9') < 0

                // "5억원 및 민간부담금 1억원": the mark belongs to the next amount.
                && !(touchesNext && Strip(after[(index + mark.Length)..], Amounts).IsEmpty))
            {
                return true;
            }
        }

        return false;
    }

    // "연 2억원", "매년 2억원", "2억원/년": of one project, and not of all its years.
    private static bool IsYearly(ReadOnlySpan<char> clause, ReadOnlySpan<char> after)
    {
        foreach (var word in Estimates)
        {
            clause = clause.EndsWith(word, StringComparison.Ordinal) ? clause[..^word.Length] : clause;
        }

        return clause.EndsWithAny("연간", "매년") || after.StartsWithAny("/년", "/연")
            || (clause.EndsWith('연') && (clause.Length == 1 || !char.IsLetter(clause[^2])));
    }

    private static ReadOnlySpan<char> Compact(ReadOnlySpan<char> text, Span<char> space)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c != ' ')
            {
                space[length++] = c;
            }
        }

        return space[..length];
    }

    private static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (text.StartsWith(words[i], StringComparison.Ordinal))
            {
                text = text[words[i].Length..];
                i = -1;
            }
        }

        return text;
    }
}
