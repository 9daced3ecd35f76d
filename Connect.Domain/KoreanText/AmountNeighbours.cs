namespace Connect.Domain.KoreanText;

/// <summary>Reads the text beside a number: whether it is won, another currency, or no money.</summary>
internal static class AmountNeighbours
{
    private const string CountedThings = "명인개건톤대회년호종장점평세시분일월주차배곳편권번매쪽㎡%";
    private static readonly string[] Foreign =
    [
        "달러", "불", "弗", "유로", "위안", "파운드", "엔", "프랑", "스위스", "루피", "루블", "$", "€", "¥", "£", "USD", "EUR", "JPY", "CNY", "GBP", "CHF", "US$", "미달러",
        "미화", "캐나다", "호주", "싱가포르", "홍콩", "대만달러", "크로나", "바트", "링깃", "페소", "헤알",
    ];

    private static readonly string[] SignsBefore =
        ["△", "▲", "$", "€", "¥", "£", "USD", "EUR", "JPY", "CNY", "GBP", "CHF", "미화", "달러", "유로화", "엔화", "위안화"];

    // 불포함, 불가 and 불문 stand behind won.
    private static readonly string[] NoDollars = ["불포함", "불가", "불문", "불허", "불인정", "불필요", "엔지니어", "엔진", "엔드", "유로운"];
    private static readonly string[] WordsOnWon = ["칙", "소", "색", "천", "격", "료", "자재", "자력"];

    /// <summary>The place behind 원, KRW or won; negative where none stands here.</summary>
    public static int AfterWon(string text, int position)
    {
        var rest = text.AsSpan(Math.Min(position, text.Length));
        if (rest.StartsWith('원'))
        {
            // 원천기술 and 원칙 are no money.
            return rest[1..].StartsWithAny(WordsOnWon) ? -1 : position + 1;
        }

        return rest.StartsWithAny("KRW", "won") ? position + 3 : -1;
    }

    /// <summary>Whether ₩ or KRW stands before the number.</summary>
    public static bool HaveWonBefore(string text, int start)
    {
        var before = Before(text, start);
        return before.EndsWith('₩') || before.EndsWith("KRW", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Without 원 only 억 and 만 are money, and only where nothing is counted: "5만 명", "1억 건", "3만kW".</summary>
    public static bool AreCounted(string text, int position) =>
        position < text.Length
        && (char.IsAsciiLetter(text[position]) || text[position] == '원' || CountedThings.Contains(text[position], StringComparison.Ordinal));

    /// <summary>Whether the number is an article (제3조), a decrease (△5억), the end of something else (.5억, A5억) or foreign money.</summary>
    public static bool AreOfSomethingElse(string text, int start, int end)
    {
        var before = Before(text, start);
        if (before.EndsWithAny(SignsBefore) || (start > 0 && text[start - 1] == '제')
            || (start > 0 && text[start - 1] is '.' or ',' && (start == 1 || !char.IsLetter(text[start - 2]))))
        {
            return true;
        }

        // "㎡5억" is composed to "m25억".
        if (start > 0 && char.IsAsciiLetter(text[start - 1]) && !HaveWonBefore(text, start))
        {
            return true;
        }

        var rest = text.AsSpan(end).TrimStart(' ');
        return rest.StartsWithAny(Foreign) && !rest.StartsWithAny(NoDollars);
    }

    private static ReadOnlySpan<char> Before(string text, int start)
    {
        var before = text.AsSpan(0, start);
        return before.EndsWith(' ') ? before[..^1] : before;
    }
}
