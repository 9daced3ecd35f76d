using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class TitlesTests
{
    [Theory]
    [InlineData("  수소\u00A0연료전지 \n 공고 ", "수소 연료전지 공고")]
    [InlineData("<b>수소</b> <span class=\"hit\">연료전지</span> 공고", "수소 연료전지 공고")]
    [InlineData("수소 공고_(2025)수소 공고", "수소 공고")]
    [InlineData("수소 공고 _ (2025) 수소 공고", "수소 공고")]
    [InlineData("수소 공고_(2025)꿀벌 연구", "수소 공고_(2025)꿀벌 연구")]
    [InlineData("🚀 수소 ～ 공고\u200B", "🚀 수소 ～ 공고")]
    [InlineData("a < b 공고", "a < b 공고")]
    [InlineData("<b></b>", "")]
    [InlineData(null, "")]
    public void Title_loses_only_what_should_not_have_been_published(string? text, string expected) =>
        Assert.Equal(expected, Titles.Clean(text));
}
