using System.Text.RegularExpressions;

namespace Connect.Domain.Series;

/// <summary>Names of provinces in their short form: 부산광역시 and 부산시 are 부산.</summary>
internal static partial class SeriesPlaces
{
    /// <summary>A comparable text with short names.</summary>
    public static string Shorten(string letters) => ProvinceRegex().Replace(letters, static match =>
        match.Groups["city"] is { Success: true } city ? city.Value
        : match.Groups["do"] is { Success: true } province ? province.Value
        : $"{match.Groups["first"].Value}{(match.Groups["side"].Value == "북" ? '북' : '남')}");

    /// <summary>Whether a comparable text names a province, a city or a district: 부산테크노파크, 강남구청.</summary>
    public static bool IsRegional(string letters) => RegionalRegex().IsMatch(letters);

    // 부산시장 can be the markets of Busan, 경기도자 the pottery of Gyeonggi.
    [GeneratedRegex(
        "(?<city>서울|부산|대구|인천|광주|대전|울산|세종)(?:특별자치시|특별시|광역시|시(?!장|설|스|험|제|민|범|뮬|작|간|료|약|네|티))"
        + "|(?<do>경기|강원|제주|전북)(?:특별자치도|도(?!자|약|전|시|로|구|입|심|매|움))|(?<first>충|전|경)(?:청|라|상)(?<side>북|남)도",
        RegexOptions.CultureInvariant)]
    private static partial Regex ProvinceRegex();

    [GeneratedRegex(
        "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|제주|충북|충남|전북|전남|경북|경남|호남|영남|수도권|대경|동남권|테크노파크|창조경제혁신센터|시청$|군청$|구청$|도청$",
        RegexOptions.CultureInvariant)]
    private static partial Regex RegionalRegex();
}
