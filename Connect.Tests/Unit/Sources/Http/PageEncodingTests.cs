using System.Text;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class PageEncodingTests
{
    [Theory]
    [InlineData("euc-kr", null, 949)]
    [InlineData("EUC-KR", null, 949)]
    [InlineData(null, "<meta charset=\"euc-kr\">", 949)]
    [InlineData(null, "<meta http-equiv='Content-Type' content='text/html; charset=KS_C_5601-1987'>", 949)]
    [InlineData(null, "", 949)]
    [InlineData("utf-8", null, 65001)]
    [InlineData(null, "<meta charset=utf-8>", 65001)]
    [InlineData(null, null, 65001)]
    public void Page_is_decoded_when_it_is_korean_in_any_of_the_usual_ways(string? header, string? meta, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = $"<html><head>{meta}</head><body>해양수산 똠방각하</body></html>";

        Assert.Equal(text, PageEncoding.Decode(Encoding.GetEncoding(codePage).GetBytes(text), header));
    }
}
