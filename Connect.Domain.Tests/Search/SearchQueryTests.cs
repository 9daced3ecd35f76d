using System.Text;
using Connect.Domain.KoreanText;
using Connect.Domain.Search;

namespace Connect.Domain.Tests.Search;

/// <summary>How a query is read, and that it is compared as matching compares keywords.</summary>
public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("인공 지능", "인공", "지능")]
    [InlineData("  인공\t지능\u00A0반도체 ", "인공", "지능", "반도체")]
    [InlineData("\"인공 지능\" 반도체", "인공지능", "반도체")]
    [InlineData("“인공 지능” 반도체", "인공지능", "반도체")]
    [InlineData("\"인공 지능", "인공지능")]
    [InlineData("ＡＩ 반도체", " ai ", "반도체")]
    [InlineData("AI반도체", "ai반도체")]
    [InlineData("Big Data", " big ", "data")]
    [InlineData("R&D", " r d ")]
    [InlineData("5G·6G", "5g6g")]
    [InlineData("물", " 물 ")]
    [InlineData("AI ai ＡＩ", " ai ")]
    [InlineData("% & !!", new string[0])]
    public void Words_are_read_in_comparable_form(string text, params string[] patterns)
    {
        var query = SearchQuery.Parse(text);

        Assert.Equal(patterns, query.Required.Select(word => word.Pattern));
        Assert.Empty(query.Excluded);
        Assert.Equal(patterns.Length == 0, query.FindsNothing);
    }

    [Theory]
    [InlineData("반도체 -소재", "반도체", "소재")]
    [InlineData("반도체 －소재", "반도체", "소재")]
    [InlineData("반도체 -\"소재 부품\"", "반도체", "소재부품")]
    [InlineData("-소재", "", "소재")]
    [InlineData("반도체 - 소재", "반도체소재", "")]
    [InlineData("K-뷰티", "k뷰티", "")]
    public void Words_after_a_minus_are_excluded(string text, string required, string excluded)
    {
        var query = SearchQuery.Parse(text);

        Assert.Equal(required, string.Concat(query.Required.Select(word => word.Letters)));
        Assert.Equal(excluded, string.Concat(query.Excluded.Select(word => word.Letters)));
    }

    [Theory]
    [InlineData("인공지능 반도체")]
    [InlineData("ＡＩ 융합")]
    [InlineData("5G·6G 이동통신")]
    [InlineData("㈜한빛 ①단계 Ⅱ형")]
    [InlineData("「탄소중립」 (2단계) ‘수소’")]
    [InlineData("K-뷰티/헬스케어")]
    public void Texts_have_the_letters_that_matching_compares(string text) =>
        Assert.Equal(
            NormalizedText.Key(text).ToLowerInvariant(), SearchText.Fold(text).Replace(" ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("인공지능 ＡＩ 반도체 Big-Data")]
    public void Form_is_the_same_for_composed_decomposed_wide_and_capital_letters(string text)
    {
        var folded = SearchText.Fold(text);

        Assert.Equal("인공지능 ai 반도체 big data", folded);
        Assert.Equal(folded, SearchText.Fold(text.Normalize(NormalizationForm.FormD)));
        Assert.Equal(folded, SearchText.Fold(text.ToUpperInvariant()));
        Assert.Equal(folded, SearchText.Fold(folded));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_letter_like_the_replacement_character()
    {
        Assert.Equal(SearchText.Fold("가\uFFFD나"), SearchText.Fold("가\uD800나"));
        Assert.Equal("\uFFFD", Assert.Single(SearchQuery.Parse("\uDE00 \"-").Required).Letters);
    }
}
