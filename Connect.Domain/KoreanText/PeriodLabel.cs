namespace Connect.Domain.KoreanText;

/// <summary>What a date or a period is, by its label.</summary>
public enum PeriodRole
{
    /// <summary>Nothing that has to do with applications.</summary>
    Other,

    /// <summary>The period in which the announcement is published: 공고기간.</summary>
    Publication,

    /// <summary>The period of applications: 접수기간.</summary>
    Application,

    /// <summary>The end of applications: 접수마감.</summary>
    Deadline,

    /// <summary>The start of applications: 접수일.</summary>
    Start,

    /// <summary>The hour at which applications end: 접수마감시간.</summary>
    Hour,
}

/// <summary>
/// What a label says of the date or period behind it. Agencies compose labels of words: who or what (전산, 연구책임자, 과제 …), the action
/// (신청, 접수, 공모 …), and the kind of time (기간, 기한, 마감 …). The last two are looked for, because a list of labels is never complete.
/// </summary>
/// <param name="Role">What it names.</param>
/// <param name="IsRenewed">연장, 재공고: what it names replaces what another label of the page names.</param>
public readonly record struct PeriodLabel(PeriodRole Role, bool IsRenewed)
{
    private const int Longest = 30;

    private static readonly string[] Actions = ["접수", "신청", "공모", "제출", "모집", "응모", "참가", "응시", "투고", "입력"];

    // Periods of other things, although words of applications stand in their labels.
    private static readonly string[] Others =
    [
        "평가", "발표", "협약", "결과", "설명회", "이의", "보완", "승인", "확인", "보고", "심의", "심사", "정산", "지급", "교부", "질의", "문의", "연구기간", "사업기간",
        "수행", "추천", "상담", "교육", "행사", "입찰", "납품", "계약", "면접", "취소", "철회", "환불", "수정", "선정",
    ];

    private static readonly string[] Renewals = ["연장", "재공고", "변경", "추가", "재공모", "정정"];
    private static readonly string[] Periods = ["기간", "일정", "일시"];
    private static readonly string[] Ends = ["마감일시", "마감시한", "마감일자", "마감일", "마감", "기한", "시한", "종료일시", "종료일", "종료"];
    private static readonly string[] Starts = ["시작일시", "시작일자", "시작일", "개시일", "시작", "개시"];
    private static readonly string[] Manners = ["및방법", "및절차", "및장소", "및제출처", "및접수처", "및접수방법", "및신청방법", "방법", "/방법", "연장", "변경"];

    /// <summary>Reads a label as written, with blanks, brackets and dots. Never throws.</summary>
    public static PeriodLabel Of(string? label)
    {
        var whole = Read(label);

        // "접수기간(온라인)".
        return whole.Role == PeriodRole.Other && label?.IndexOfAny(['(', '（', '[']) is > 0 and var open ? Read(label[..open]) : whole;
    }

    private static PeriodLabel Read(string? label)
    {
        Span<char> space = stackalloc char[Longest];
        if (!TryCompact(label, space, out var text))
        {
            return default;
        }

        var words = text;
        foreach (var manner in Manners)
        {
            words = words.EndsWith(manner, StringComparison.Ordinal) ? words[..^manner.Length] : words;
        }

        var role = RoleOf(words);
        return new(role, role is not (PeriodRole.Other or PeriodRole.Publication) && text.ContainsAny(Renewals));
    }

    /// <summary>Whether it names an application without saying that it is a period: "신청·접수", "신청서 제출".</summary>
    public static bool IsAction(string? label)
    {
        Span<char> space = stackalloc char[Longest];
        return TryCompact(label, space, out var text) && text.EndsWithAny(Actions) && !text.ContainsAny(Others);
    }

    /// <summary>Whether a line above a value may be its label: short, with letters, and no sentence.</summary>
    internal static bool IsLabel(string line)
    {
        Span<char> space = stackalloc char[Longest];
        return TryCompact(line, space, out var text) && text.IndexOfAnyInRange('0', '9') < 0
            && text.EndsWithAny("기간", "기한", "마감", "시한", "일시", "일정", "일자", "일");
    }

    private static PeriodRole RoleOf(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Others))
        {
            return PeriodRole.Other;
        }

        if (text.EndsWithAny("마감시간", "마감시각", "접수시간"))
        {
            return PeriodRole.Hour;
        }

        var isApplication = text.ContainsAny(Actions);
        if (text.EndsWithAny(Ends))
        {
            return isApplication || text.StartsWith("마감", StringComparison.Ordinal) ? PeriodRole.Deadline : PeriodRole.Other;
        }

        if (text.EndsWithAny(Starts))
        {
            return isApplication ? PeriodRole.Start : PeriodRole.Other;
        }

        if (text.EndsWithAny(Periods))
        {
            return isApplication || (text.Contains("공고", StringComparison.Ordinal) && text.ContainsAny(Renewals)) ? PeriodRole.Application
                : text.ContainsAny("공고", "게시", "게재") ? PeriodRole.Publication
                : PeriodRole.Other;
        }

        return text.EndsWithAny("접수일", "접수일자", "신청일", "신청일자", "모집일") ? PeriodRole.Start : PeriodRole.Other;
    }

    // Letters and digits up to the mark of a note.
    private static bool TryCompact(string? label, Span<char> space, out ReadOnlySpan<char> text)
    {
        text = default;
        var length = 0;
        foreach (var c in PlainText.ForParsing(label))
        {
            if (c is '※' or '*')
            {
                break;
            }

            if (!char.IsLetterOrDigit(c) && c != '/')
            {
                continue;
            }

            if (length == space.Length)
            {
                return false;
            }

            space[length++] = c;
        }

        text = space[..length];
        return length > 0;
    }
}
