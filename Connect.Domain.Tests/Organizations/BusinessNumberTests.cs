using Connect.Domain.Organizations;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Domain.Tests.Organizations;

public sealed class BusinessNumberTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(10_000);

    private static readonly Gen<BusinessNumber> Any = Gen.Choose(1_000_000, 999_999_999).Select(BusinessNumber.Of);

    [Theory]
    [InlineData("123-45-67891")]
    [InlineData("124-81-00998")]
    [InlineData("1248100998")]
    [InlineData("124 81 00998")]
    [InlineData(" 124-81-00998 ")]
    [InlineData("124 - 81 - 00998")]
    [InlineData("124-8100998")]
    [InlineData("１２４－８１－００９９８")]
    [InlineData("１２４　８１　００９９８")]
    [InlineData("124\u00A081\u00A000998")]
    [InlineData("124\u201081\u201100998")]
    [InlineData("124\u201381\u201400998")]
    [InlineData("124\u221281\uFE6300998")]
    public void Number_is_read_in_every_spelling(string text) => Assert.Null(BusinessNumber.Read(text, out _));

    [Theory]
    [InlineData(null, BusinessNumberFault.Form)]
    [InlineData("", BusinessNumberFault.Form)]
    [InlineData("123", BusinessNumberFault.Form)]
    [InlineData("123-45-6789", BusinessNumberFault.Form)]
    [InlineData("123-45-678910", BusinessNumberFault.Form)]
    [InlineData("1234-5-67891", BusinessNumberFault.Form)]
    [InlineData("123--45-67891", BusinessNumberFault.Form)]
    [InlineData("123.45.67891", BusinessNumberFault.Form)]
    [InlineData("abc-de-fghij", BusinessNumberFault.Form)]
    [InlineData("123-45-67891\n", BusinessNumberFault.Form)]
    [InlineData("123-45-67891\0", BusinessNumberFault.Form)]
    [InlineData("١٢٣-٤٥-٦٧٨٩١", BusinessNumberFault.Form)]
    [InlineData("123-45-67891\uD800", BusinessNumberFault.Form)]
    [InlineData("\uDC00123-45-67891", BusinessNumberFault.Form)]
    [InlineData("000-00-00000", BusinessNumberFault.Office)]
    [InlineData("000-12-34567", BusinessNumberFault.Office)]
    [InlineData("123-45-67890", BusinessNumberFault.CheckDigit)]
    [InlineData("124-81-00999", BusinessNumberFault.CheckDigit)]
    [InlineData("１２３－４５－６７８９０", BusinessNumberFault.CheckDigit)]
    public void Text_that_is_no_number_says_what_is_wrong(string? text, BusinessNumberFault fault)
    {
        Assert.Equal(fault, BusinessNumber.Read(text, out _));
        Assert.False(BusinessNumber.TryParse(text, out _));
    }

    [Fact]
    public void Very_long_text_is_no_number() => Assert.Equal(BusinessNumberFault.Form, BusinessNumber.Read(new string(' ', 60) + "1248100998", out _));

    [Fact]
    public void Number_is_read_back_from_every_form() => Prop.ForAll(Arb.From(Any), number =>
    {
        var wide = string.Concat(number.ToString().Select(character => (char)(character + 0xFEE0)));
        foreach (var text in (string[])[number.ToString(), number.Digits, wide, number.ToString().Replace('-', '–'), $" {number} "])
        {
            Assert.Null(BusinessNumber.Read(text, out var read));
            Assert.Equal(number, read);
        }
    }).Check(Thorough);

    [Fact]
    public void One_wrong_digit_is_noticed() => Prop.ForAll(
        Arb.From(Any), Arb.From(Gen.Choose(0, 9)), Arb.From(Gen.Choose(1, 9)), (number, place, by) =>
        {
            var digits = number.Digits.ToCharArray();
            digits[place] = (char)('0' + ((digits[place] - '0' + by) % 10));
            var fault = BusinessNumber.Read(new string(digits), out _);
            Assert.True(fault is BusinessNumberFault.CheckDigit or BusinessNumberFault.Office, $"{number} as {new string(digits)}: {fault}");
        }).Check(Thorough);

    [Fact]
    public void Nine_digits_have_one_number() => Prop.ForAll(Arb.From(Any), number =>
        Assert.Single(Enumerable.Range(0, 10), last => BusinessNumber.TryParse($"{number.Digits[..9]}{last}", out _))).Check(Thorough);

    [Theory]
    [InlineData(-1)]
    [InlineData(999_999)]
    [InlineData(1_000_000_000)]
    public void Other_than_nine_digits_have_none(int firstDigits) => Assert.Throws<ArgumentOutOfRangeException>(() => BusinessNumber.Of(firstDigits));
}
