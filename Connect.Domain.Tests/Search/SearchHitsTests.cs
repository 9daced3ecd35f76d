using Connect.Domain.Search;

namespace Connect.Domain.Tests.Search;

/// <summary>Where words stand in a text as it is written.</summary>
public sealed class SearchHitsTests
{
    [Theory]
    [InlineData("2026년 인공지능 반도체", "인공 지능", "[인공지능]")]
    [InlineData("2026년 인공 지능 반도체", "인공지능", "[인공 지능]")]
    [InlineData("ＡＩ 융합, MAIN, AI반도체", "ai", "[ＡＩ][AI]")]
    [InlineData("R&D 과제와 RD, R & D", "r&d", "[R&D][R & D]")]
    [InlineData("물 관리와 물관리", "물", "[물]")]
    [InlineData("인\u1100\u1161 ㈜한빛", "가", "")]
    [InlineData("㈜한빛 (주)한빛", "주한빛", "[㈜한빛][주)한빛]")]
    [InlineData("빅데이터", "빅데 데이터", "[빅데이터]")]
    [InlineData("수소 수소", "\"수소 수소\"", "[수소 수소]")]
    [InlineData("bigdata", "data", "[data]")]
    [InlineData("", "data", "")]
    public void Places_are_those_of_the_text(string text, string query, string places)
    {
        var hits = SearchHits.Find(text, SearchQuery.Parse(query).Required);

        Assert.Equal(places, string.Concat(hits.Select(hit => $"[{text.Substring(hit.Start, hit.Length)}]")));
    }
}
