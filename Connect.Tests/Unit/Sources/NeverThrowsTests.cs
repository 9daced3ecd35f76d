using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Crawl.Pages;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Tests.Unit.Sources;

public sealed class NeverThrowsTests
{
    private static readonly string[] Pieces =
    [
        "2025", ".", "03", "15", "~", "∼", "년", "월", "일", "억", "만", "천", "백", "조", "원", "TRL", "4", "단계", "(", ")", ":", ",", " ", "\n",
        "99999999999999999999", "0.0000001", "상시", "기업", "연구소", "\uD83D", "\uDE80", "\uFFFF", "\0", "'", "-", "18:00", "시", "과제당", "(억원)",
        "<b>", "</b>", "<script>", "_(2025)", "이상", "오후", "①", "½", "１",
    ];

    [Fact]
    public void Text_functions_never_throw_when_the_text_is_anything()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat)
            .Zip(ArbMap.Default.GeneratorFor<string>(), (made, any) => made + any);

        Prop.ForAll(Arb.From(texts), ReadAll).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));
    }

    [Theory]
    [InlineData("2025.")]
    [InlineData("1억 ")]
    [InlineData("TRL ")]
    [InlineData("(")]
    [InlineData("9,")]
    [InlineData("<b ")]
    public void Text_functions_stay_quick_when_the_text_repeats_itself(string piece) =>
        ReadAll(string.Concat(Enumerable.Repeat(piece, 20_000)));

    private static void ReadAll(string? text)
    {
        KoreanDates.ParseDeadline(text);
        KoreanDates.ParseStart(text);
        KoreanDates.ParsePeriod(text);
        KoreanDates.ParseTime(text);
        KoreanAmounts.Parse(text);
        KoreanAmounts.ParseWithHeader(text, text);
        TrlRanges.Parse(text);
        Audiences.Parse(text);
        KindClassifier.Classify(new(text) { Body = text, BoardType = text, AttachmentNames = [text ?? ""] });
        LabelValues.Read(text).First("접수기간");
        Titles.Clean(text);
        PlainText.Clean(text, keepLines: true);
    }
}
