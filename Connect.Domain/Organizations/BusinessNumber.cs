using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connect.Domain.Organizations;

/// <summary>
/// A business number (사업자등록번호): ten digits, the first three of the tax office, the last one a check digit. Its form does not tell
/// whether the business exists.
/// </summary>
public readonly partial record struct BusinessNumber
{
    private const int MaxTextLength = 64;

    private static readonly int[] Weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

    private BusinessNumber(string digits) => Digits = digits;

    /// <summary>The ten digits, as in <c>1234567891</c>.</summary>
    public string Digits { get; }

    /// <summary>Reads a number as people write and paste it: with hyphens of any kind, with spaces, without either, in full-width digits.</summary>
    /// <param name="text">The text; null is no number.</param>
    /// <param name="number">The number, if there is no fault.</param>
    /// <returns>What is wrong with it; null where it is right.</returns>
    public static BusinessNumberFault? Read(string? text, out BusinessNumber number)
    {
        number = default;
        if (text is null || text.Length > MaxTextLength || !IsWellFormed(text))
        {
            return BusinessNumberFault.Form;
        }

        var match = Form().Match(text.Normalize(NormalizationForm.FormKC));
        if (!match.Success)
        {
            return BusinessNumberFault.Form;
        }

        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
        if (digits.StartsWith("000", StringComparison.Ordinal))
        {
            return BusinessNumberFault.Office;
        }

        if (CheckDigitOf(digits) != digits[^1] - '0')
        {
            return BusinessNumberFault.CheckDigit;
        }

        number = new(digits);
        return null;
    }

    /// <summary>The same as <see cref="Read"/>, where it does not matter what is wrong.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BusinessNumber number) => Read(text, out number) is null;

    /// <summary>The number with these first nine digits.</summary>
    /// <param name="firstDigits">001000000 to 999999999, without the leading zeros.</param>
    public static BusinessNumber Of(int firstDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstDigits, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstDigits, 999_999_999);
        var digits = firstDigits.ToString("D9", CultureInfo.InvariantCulture);
        return new($"{digits}{CheckDigitOf(digits)}");
    }

    /// <summary>As it is written on its certificate: <c>123-45-67891</c>.</summary>
    public override string ToString() => $"{Digits[..3]}-{Digits[3..5]}-{Digits[5..]}";

    private static int CheckDigitOf(ReadOnlySpan<char> digits)
    {
        // The tens of the ninth product count, too.
        var sum = (digits[Weights.Length - 1] - '0') * Weights[^1] / 10;
        for (var place = 0; place < Weights.Length; place++)
        {
            sum += (digits[place] - '0') * Weights[place];
        }

        return (10 - (sum % 10)) % 10;
    }

    // Normalizing throws for half a surrogate pair.
    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Any(static rune => rune == Rune.ReplacementChar);

    // After normalization: full-width digits and hyphens are ASCII, every space is U+0020. Dashes and minus signs stay what they are.
    [GeneratedRegex(@"^ *[0-9]{3}(?: *[\p{Pd}\u2212] *| *)[0-9]{2}(?: *[\p{Pd}\u2212] *| *)[0-9]{5} *\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

/// <summary>What is wrong with a text that is no business number.</summary>
public enum BusinessNumberFault
{
    /// <summary>It has not the form 000-00-00000.</summary>
    Form,

    /// <summary>It begins with 000, which is no tax office.</summary>
    Office,

    /// <summary>The last digit does not follow from the first nine: a digit is wrong, or two are interchanged.</summary>
    CheckDigit,
}
