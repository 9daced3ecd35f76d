using System.Globalization;
using Connect.Domain.KoreanText;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Amounts, levels and labels are read back from every form in which they can be written.</summary>
public sealed class PrintedTextProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    // Whole numbers of a unit only where the unit divides the amount; null where a form cannot state it exactly.
    private static readonly Func<long, string?>[] AmountForms =
    [
        won => $"{won}원",
        won => $"{won:#,##0}원",
        won => $"{won:#,##0} 원",
        won => $"₩{won:#,##0}",
        won => $"KRW {won}",
        won => Whole(won, 1_000, "천원"),
        won => Whole(won, 10_000, "만원"),
        won => Whole(won, 1_000_000, "백만원"),
        won => Whole(won, 1_000_000, "백만 원"),
        won => Whole(won, 10_000_000, "천만원"),
        won => Whole(won, 100_000_000, "억원"),
        won => Whole(won, 100_000_000, "억"),
        won => Whole(won, 1_000_000_000, "십억원"),
        won => Whole(won, 1_000_000_000_000, "조원"),
        won => won % 100 == 0 ? $"{won / 100_000_000m:#,##0.######}억원" : null,
        won => won % 10 == 0 ? $"{won / 10_000_000m:#,##0.######}천만 원" : null,
        won => $"{won / 1_000_000m:0.######}백만원",
        Compound,
        won => Compound(won).Replace(" ", "", StringComparison.Ordinal),
        won => string.Concat($"{won:#,##0}원".Select(c => char.IsAsciiDigit(c) || c == ',' ? (char)(c + 0xFEE0) : c)),
    ];

    private static readonly (string Unit, long Scale)[] Units =
    [
        ("원", 1), ("천원", 1_000), ("만원", 10_000), ("백만원", 1_000_000), ("천만원", 10_000_000), ("억원", 100_000_000),
        ("십억원", 1_000_000_000), ("조원", 1_000_000_000_000),
    ];

    private static readonly string[] Frames = ["{0}", "약 {0}", "최대 {0} 이내", "{0} 내외", "○ {0}", "'25년 {0}", "2025년 {0}", "({0})", "3개 과제 {0}"];

    // Round amounts as well as odd ones, up to ten million 억.
    private static readonly Gen<long> AnyWon =
        from digits in Gen.Choose(1, 999_999)
        from zeros in Gen.Choose(0, 9)
        select digits * (long)Math.Pow(10, zeros);

    [Fact]
    public void Amount_is_read_back_from_every_form_that_can_tell_it() =>
        Prop.ForAll(Arb.From(AnyWon), Arb.From(Gen.Elements(Frames)), (won, frame) =>
        {
            foreach (var amount in AmountForms.Select(form => form(won)).OfType<string>())
            {
                var text = string.Format(CultureInfo.InvariantCulture, frame, amount);
                var read = KoreanAmounts.Parse(text);
                Assert.True(read == new AmountReading(won, null, null), $"\"{text}\" was read as {read}");
            }
        }).Check(Thorough);

    [Fact]
    public void Amount_is_read_back_when_its_unit_stands_in_the_header() =>
        Prop.ForAll(Arb.From(AnyWon), Arb.From(Gen.Elements(Units)), (won, unit) =>
        {
            var number = won / (decimal)unit.Scale;
            if (number == decimal.Round(number, 6))
            {
                var value = number.ToString("#,##0.######", CultureInfo.InvariantCulture);
                Assert.Equal(won, KoreanAmounts.ParseWithHeader($"총사업비({unit.Unit})", value));
                Assert.Equal(won, KoreanAmounts.ParseWithHeader($"총사업비(단위: {unit.Unit})", value));
                Assert.Equal(won, KoreanAmounts.Parse($"(단위 : {unit.Unit}) {value}").Total);
                Assert.Equal(won, KoreanAmounts.Parse($"{value}({unit.Unit})").Total);
            }
        }).Check(Thorough);

    [Fact]
    public void Amounts_are_read_back_with_what_they_are_for() =>
        Prop.ForAll(Arb.From(AnyWon), Arb.From(AnyWon), Arb.From(AnyWon), (total, project, raised) =>
        {
            var text = $"투자유치 {raised:#,##0}원 이상, 과제당 {project:#,##0}원 이내, 총 {total:#,##0}원";
            Assert.Equal(new AmountReading(total, project, raised), KoreanAmounts.Parse(text));
        }).Check(Thorough);

    [Fact]
    public void Levels_are_read_back_from_every_form()
    {
        string[] ranges =
        [
            "{0}~{1}", "{0} ~ {1}", "{0}∼{1}", "{0}-{1}", "{0} – {1}", "{0}단계 ~ {1}단계", "{0} ~ TRL {1}",
            "{0} 이상 {1} 이하", "{0}단계에서 {1}단계까지", "{0}→{1}", "{0}(착수) ~ {1}(종료).",
        ];
        string[] names = ["TRL ", "TRL", "trl : ", "기술성숙도 ", "기술성숙도(TRL) : ", "기술준비수준 ", "○ TRL(기술성숙도) "];
        for (var low = 1; low <= 9; low++)
        {
            for (var high = low; high <= 9; high++)
            {
                foreach (var (name, range) in names.SelectMany(name => ranges.Select(range => (name, range))))
                {
                    var text = name + string.Format(CultureInfo.InvariantCulture, range, low, high);
                    Assert.True(TrlRanges.Parse(text) == new TrlRange(low, high), text);
                }
            }

            foreach (var name in names)
            {
                Assert.Equal(new TrlRange(low, low), TrlRanges.Parse($"{name}{low}단계"));
                Assert.Equal(new TrlRange(low, null), TrlRanges.Parse($"{name}{low} 이상"));
                Assert.Equal(new TrlRange(null, low), TrlRanges.Parse($"{name}{low}단계 이하"));
            }
        }
    }

    [Fact]
    public void Pairs_are_read_back_from_any_page()
    {
        var word = Gen.Elements("접수", "신청", "기간", "마감", "지원", "규모", "금액", "사업비", "키워드", "TRL")
            .NonEmptyListOf().Select(words => string.Concat(words.Take(4)));
        var value = Gen.Elements("2025.03.15", "18:00", "~", "(단위: 백만원)", "5억원", "가나다", "https://board.example", "🚀")
            .NonEmptyListOf().Select(words => string.Join(' ', words));
        var line = from mark in Gen.Elements("", "○ ", "ㅇ ", "- ", "1. ", "가. ", "① ", "□ 2) ")
                   from label in word
                   from colon in Gen.Elements(":", " : ", "：", " ∶ ")
                   from written in value
                   select (Label: label, Value: written, Text: mark + label + colon + written);
        Prop.ForAll(Arb.From(line.ListOf()), lines =>
        {
            var read = LabelValues.Read(string.Join('\n', lines.Select(one => one.Text)));
            foreach (var first in lines.DistinctBy(one => one.Label))
            {
                Assert.Equal(first.Value, read.First(first.Label));
            }

            Assert.Equal(lines.Select(one => one.Label).Distinct().Order(StringComparer.Ordinal), read.Labels.Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    private static string? Whole(long won, long unit, string name) => won % unit == 0 ? $"{won / unit:#,##0}{name}" : null;

    private static string Compound(long won)
    {
        List<string> parts = [];
        foreach (var (scale, name) in new[] { (1_000_000_000_000, "조"), (100_000_000, "억"), (10_000, "만") })
        {
            if (won / scale is > 0 and var count)
            {
                parts.Add($"{count:#,##0}{name}");
                won %= scale;
            }
        }

        return string.Join(' ', won > 0 ? [.. parts, $"{won:#,##0}"] : parts) + "원";
    }
}
