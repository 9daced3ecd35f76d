using System.Text.RegularExpressions;
using Connect.Domain.Programs;

namespace Connect.Domain.Series;

/// <summary>
/// Names of ministries in their comparable form: the full name of today for an abbreviation and for a name of earlier years. Sources:
/// the Government Organization Act as amended on 2013-03-23, 2017-07-26 and 2025-10-01.
/// </summary>
internal static partial class SeriesMinistries
{
    private static readonly (string Name, string[] Others)[] All =
    [
        ("과학기술정보통신부", ["미래창조과학부", "과기정통부", "과기부"]),
        ("산업통상부", ["산업통상자원부", "지식경제부", "산업부", "산자부", "산통부"]),
        ("중소벤처기업부", ["중소기업청", "중기부"]),
        ("기후에너지환경부", ["환경부", "기후환경부", "기후부"]),
        ("보건복지부", ["복지부"]),
        ("농림축산식품부", ["농식품부", "농림부"]),
        ("해양수산부", ["해수부"]),
        ("국토교통부", ["국토해양부", "국토부"]),
        ("문화체육관광부", ["문체부"]),
        ("행정안전부", ["안전행정부", "행안부"]),
        ("고용노동부", ["고용부", "노동부"]),
        ("식품의약품안전처", ["식약처"]),
        ("지식재산처", ["특허청", "지재처"]),
        ("성평등가족부", ["여성가족부", "여가부"]),
        ("방송미디어통신위원회", ["방송통신위원회", "방통위", "방미통위"]),
        ("재정경제부", []),
        ("기획재정부", ["기재부"]),
        ("금융위원회", ["금융위"]),
        ("원자력안전위원회", ["원안위"]),
        ("개인정보보호위원회", ["개인정보위"]),
        ("공정거래위원회", ["공정위"]),
        ("방위사업청", ["방사청"]),
        ("농촌진흥청", ["농진청"]),
        ("질병관리청", ["질병청"]),
        ("해양경찰청", ["해경청"]),
        ("우주항공청", ["우주청"]),
        ("국가유산청", ["문화재청"]),
        ("국가데이터처", ["통계청"]),
        ("교육부", []),
        ("국방부", []),
        ("외교부", []),
        ("통일부", []),
        ("법무부", []),
        ("산림청", []),
        ("기상청", []),
        ("관세청", []),
        ("조달청", []),
        ("경찰청", []),
        ("소방청", []),
    ];

    private static readonly Dictionary<string, string> Names = All
        .SelectMany(entry => entry.Others.Append(entry.Name).Select(name => (name, entry.Name)))
        .ToDictionary(pair => pair.name, pair => pair.Name, StringComparer.Ordinal);

    private static readonly string[] Longest = [.. Names.Keys.OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>One or several ministries as today's names, in ordinal order; a text that is none in comparable form; null for nothing.</summary>
    public static string? CurrentNamesOf(string? ministry)
    {
        var names = ListRegex().Split(OfficeRegex().Replace(Ministries.CurrentNameOf(ministry ?? ""), "")).Select(SeriesText.LettersOf).Where(name => name.Length > 0)
            .Select(name => Names.GetValueOrDefault(name) ?? SeriesPlaces.Shorten(name));
        return string.Join('+', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;
    }

    /// <summary>The ministry that a whole text names; null for another text.</summary>
    public static string? Find(string letters) => Names.GetValueOrDefault(letters);

    /// <summary>The ministry whose full or short name a text begins with, and the length of that name.</summary>
    public static (string Name, int Length)? FindAtStart(string text)
    {
        // 산업부문 and 산업부품 are no ministries.
        var written = Array.Find(Longest, name => text.StartsWith(name, StringComparison.Ordinal));
        return written is null || (text.Length > written.Length && text[written.Length] is '문' or '품' or '산' or '생') ? null
            : (Names[written], written.Length);
    }

    // The office within it: 과학기술정보통신부(제1차관).
    [GeneratedRegex(@"[(（][^()（）]*[)）]", RegexOptions.CultureInvariant)]
    private static partial Regex OfficeRegex();

    [GeneratedRegex(@"[,;/·ㆍ‧+|]|\s및\s", RegexOptions.CultureInvariant)]
    private static partial Regex ListRegex();
}
