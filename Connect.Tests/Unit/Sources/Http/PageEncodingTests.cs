using System.Text;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class PageEncodingTests
{
    private const int Utf8 = 65001;
    private const int Korean = 949;
    private const int Western = 1252;
    private const int Utf16 = 1200;
    private const int Utf16BigEndian = 1201;

    static PageEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("euc-kr", null, Korean)]
    [InlineData("EUC-KR", null, Korean)]
    [InlineData("\"euc-kr\"", null, Korean)]
    [InlineData("x-windows-949", null, Korean)]
    [InlineData(null, "<meta charset=\"euc-kr\">", Korean)]
    [InlineData(null, "<meta http-equiv='Content-Type' content='text/html; charset=KS_C_5601-1987'>", Korean)]
    [InlineData(null, "", Korean)]
    [InlineData("utf-8", null, Utf8)]
    [InlineData(null, "<meta charset=utf-8>", Utf8)]
    [InlineData(null, null, Utf8)]
    [InlineData("utf-16", null, Utf16)]
    [InlineData("utf-16le", null, Utf16)]
    [InlineData("utf-16be", null, Utf16BigEndian)]
    [InlineData("utf-16", null, Utf16BigEndian)]
    [InlineData("johab", null, 1361)]
    public void Page_is_decoded_when_it_is_korean_in_any_of_the_usual_ways(string? header, string? meta, int codePage)
    {
        var text = $"<html><head>{meta}</head><body>해양수산 신규과제 공고</body></html>";

        Assert.Equal(text, PageEncoding.Decode(Encoding.GetEncoding(codePage).GetBytes(text), header));
    }

    [Theory]
    [InlineData("utf-8", Korean)]
    [InlineData("utf-8", Utf16)]
    [InlineData("euc-kr", Utf8)]
    [InlineData("utf-16", Utf8)]
    [InlineData("utf-16", Korean)]
    [InlineData("iso-8859-1", Korean)]
    [InlineData("iso-8859-1", Utf8)]
    [InlineData("windows-1252", Korean)]
    [InlineData("us-ascii", Utf8)]
    [InlineData("shift_jis", Utf8)]
    [InlineData("utf-7", Utf8)]
    [InlineData("nonsense", Korean)]
    [InlineData("", Korean)]
    public void Charset_does_no_harm_when_it_is_wrong(string charset, int codePage)
    {
        var text = "<html><body>해양수산 똠방각하 신규과제 공고</body></html>";
        var bytes = Bytes(text, codePage, mark: codePage == Utf16);

        Assert.Equal(text, PageEncoding.Decode(bytes, charset));
        if (codePage != Utf16)
        {
            var declared = $"<meta charset='{charset}'>{text}";
            Assert.Equal(declared, PageEncoding.Decode(Bytes(declared, codePage), null));
        }
    }

    [Theory]
    [InlineData(Utf8)]
    [InlineData(Utf16)]
    [InlineData(Utf16BigEndian)]
    public void Mark_counts_before_the_header_and_the_header_before_the_page(int codePage)
    {
        const string text = "<meta charset='shift_jis'><p>해양 공고</p>";

        Assert.Equal(text, PageEncoding.Decode(Bytes(text, codePage, mark: true), "euc-kr"));
        Assert.Equal(text, PageEncoding.Decode(Bytes(text, Korean), "euc-kr"));
    }

    [Fact]
    public void Mark_does_no_harm_when_the_page_behind_it_is_in_another_charset()
    {
        const string text = "<p>해양수산 신규과제 공고</p>";

        Assert.Equal(text, PageEncoding.Decode([0xEF, 0xBB, 0xBF, .. Bytes(text, Korean)], null));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"euc-kr\"?>")]
    [InlineData("\n<?xml version='1.0' encoding = 'EUC-KR' standalone='yes'?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    public void Declaration_counts_as_the_meta_element_does(string declaration)
    {
        // These bytes decode as UTF-8, too, so that only the declaration tells.
        byte[] bytes = [.. Encoding.ASCII.GetBytes(declaration), 0xC2, 0xA1, 0xC2, 0xA2];

        Assert.Equal(
            declaration + (declaration.Contains("euc-kr", StringComparison.OrdinalIgnoreCase) ? "징짖" : "¡¢"), PageEncoding.Decode(bytes, null));
    }

    [Fact]
    public void Markup_in_json_names_no_charset()
    {
        byte[] bytes = [.. "{\"html\": \"<meta charset=euc-kr>"u8, 0xC2, 0xA1, 0xC2, 0xA2, .. "\"}"u8];

        Assert.Contains("¡¢", PageEncoding.Decode(bytes, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Utf8, "utf-8")]
    [InlineData(Utf8, null)]
    [InlineData(Utf8, "iso-8859-1")]
    [InlineData(Korean, "euc-kr")]
    [InlineData(Korean, null)]
    [InlineData(Korean, "utf-8")]
    [InlineData(Korean, "iso-8859-1")]
    public void Page_keeps_its_charset_when_it_is_cut_within_a_character(int codePage, string? header)
    {
        const string text = "<p>해양수산 신규과제 공고";
        var bytes = Bytes(text, codePage);

        for (var cut = 1; cut < (codePage == Utf8 ? 3 : 2); cut++)
        {
            Assert.Equal(text[..^1], PageEncoding.Decode(bytes.AsSpan(..^cut), header));
        }
    }

    [Theory]
    [InlineData(Utf8, "utf-8")]
    [InlineData(Utf8, null)]
    [InlineData(Utf8, "iso-8859-1")]
    [InlineData(Utf8, "euc-kr")]
    [InlineData(Korean, "euc-kr")]
    [InlineData(Korean, null)]
    [InlineData(Korean, "utf-8")]
    [InlineData(Korean, "iso-8859-1")]
    public void Page_keeps_its_charset_and_markup_when_a_title_is_cut_within_a_character(int codePage, string? header)
    {
        byte[] bytes = [.. Bytes("<td>해양수산 분야 신규과제 공고 및 접수 안내, 수산식품산업 기술개발사", codePage), .. Bytes("업", codePage)[..1], .. "</td><td>"u8];

        Assert.Equal("<td>해양수산 분야 신규과제 공고 및 접수 안내, 수산식품산업 기술개발사\uFFFD</td><td>", PageEncoding.Decode(bytes, header));
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public void Western_page_is_decoded_when_no_other_charset_fits(string header) =>
        Assert.Equal("café “naïve” 10 €", PageEncoding.Decode(Encoding.GetEncoding(Western).GetBytes("café “naïve” 10 €"), header));

    [Fact]
    public void Replacement_characters_of_the_page_itself_prove_nothing() =>
        Assert.Equal("\uFFFD\uFFFD", PageEncoding.Decode("\uFFFD\uFFFD"u8, "utf-8"));

    [Theory]
    [InlineData(Utf8)]
    [InlineData(Korean)]
    public void Text_is_composed_when_the_page_is_not(int codePage)
    {
        // Code page 949 has no single letters, but hanja that have a twin.
        var text = codePage == Utf8 ? "\u1112\u1161\u11AB\u1100\u1173\u11AF" : "\uF90A";

        Assert.Equal(text.Normalize(NormalizationForm.FormC), PageEncoding.Decode(Bytes(text, codePage), null));
    }

    [Fact]
    public void Bytes_are_decoded_whatever_they_are()
    {
        string?[] names = [null, "utf-8", "euc-kr", "utf-16", "utf-16be", "utf-32", "iso-8859-1", "shift_jis", "gb18030", "iso-2022-kr", "utf-7", "\0", new('a', 99)];
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            var text = PageEncoding.Decode(bytes, names[random.Next(names.Length)]);

            Assert.True(text.IsNormalized(NormalizationForm.FormC));
        }
    }

    private static byte[] Bytes(string text, int codePage, bool mark = false)
    {
        var encoding = Encoding.GetEncoding(codePage);
        return [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }
}
