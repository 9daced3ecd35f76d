using System.Globalization;

namespace Connect.ScraperWorker.Sources.Text;

/// <summary>An amount found in a text. <see cref="Won"/> is null where it does not fit a 64-bit integer.</summary>
internal readonly record struct ScannedAmount(int Start, int End, long? Won);

/// <summary>
/// Finds Korean amounts by reading them as numerals: groups of 조, 억 and 만, in each group digits with 천, 백 or 십
/// ("2천5백만원" is 2,500 times 만). Linear in the text; a number without unit or 원 is not money.
/// </summary>
internal static class AmountScanner
{
    private const string CountedThings = "명개건톤대회년호종장점평세시분일월주차㎡kKmMtT%";

    public static IEnumerable<ScannedAmount> Scan(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (!char.IsAsciiDigit(text[position]))
            {
                position++;
                continue;
            }

            var start = position;
            var (end, won, isMoney) = Read(text, start);
            position = Math.Max(end, start + 1);
            if (isMoney && !Follows(text, start, '제'))
            {
                yield return new(start, end, won);
            }
        }
    }

    /// <summary>The product as whole won, rounded; null where it does not fit.</summary>
    public static long? Whole(decimal value, decimal scale) =>
        value >= 0 && value <= long.MaxValue / scale ? (long)decimal.Round(value * scale, MidpointRounding.AwayFromZero) : null;

    private static (int End, long? Won, bool IsMoney) Read(string text, int start)
    {
        var position = start;
        decimal sum = 0, group = 0;
        var (lastSmall, lastBig) = (decimal.MaxValue, decimal.MaxValue);
        var (hasUnit, hasEokOrMan, fits) = (false, false, true);
        while (true)
        {
            var (afterNumber, number) = ReadNumber(text, position);
            var (afterSmall, small) = ReadSmall(text, Skip(text, afterNumber));
            var (afterBig, big) = ReadBig(text, small > 1 ? afterSmall : Skip(text, afterNumber));
            if (position > start && ((small == 1 && big == 1 && !StartsWon(text, afterNumber)) || small >= lastSmall || big >= lastBig))
            {
                // The next number belongs to something else: "1억원 2025년".
                break;
            }

            if (number is not { } digits)
            {
                fits = false;
                digits = 0;
            }

            group += digits <= 1_000_000_000_000_000_000m ? digits * small : 0;
            fits &= digits <= 1_000_000_000_000_000_000m;
            position = big > 1 ? afterBig : small > 1 ? afterSmall : afterNumber;
            if (big > 1)
            {
                fits &= Whole(group, big) is not null;
                sum += fits ? group * big : 0;
                (group, lastBig, lastSmall) = (0, big, decimal.MaxValue);
                hasEokOrMan |= big < 1_000_000_000_000m;
            }
            else
            {
                lastSmall = small;
            }

            hasUnit |= small > 1 || big > 1;
            var next = Skip(text, position);
            if (!(small > 1 || big > 1) || next >= text.Length || !char.IsAsciiDigit(text[next]))
            {
                break;
            }

            position = next;
        }

        var total = fits ? Whole(sum + group, 1) : null;
        var won = Skip(text, position);
        if (StartsWon(text, won))
        {
            return (won + 1, total, true);
        }

        // Without 원 only 억 and 만 are money, and only where nothing is counted: "5만 명", "1억 건".
        var counted = won < text.Length && CountedThings.Contains(text[won], StringComparison.Ordinal);
        return (position, total, hasUnit && hasEokOrMan && !counted);
    }

    private static (int End, decimal? Number) ReadNumber(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is ',' or '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return (end, decimal.TryParse(
            text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : null);
    }

    private static (int End, decimal Scale) ReadSmall(string text, int start) =>
        start >= text.Length ? (start, 1) : text[start] switch
        {
            '천' => (start + 1, 1_000),
            '백' => (start + 1, 100),
            '십' => (start + 1, 10),
            _ => (start, 1),
        };

    private static (int End, decimal Scale) ReadBig(string text, int start) =>
        start >= text.Length ? (start, 1) : text[start] switch
        {
            '조' => (start + 1, 1_000_000_000_000),
            '억' => (start + 1, 100_000_000),
            '만' => (start + 1, 10_000),
            _ => (start, 1),
        };

    private static bool StartsWon(string text, int position) => position < text.Length && text[position] == '원';

    private static bool Follows(string text, int position, char before) => position > 0 && text[position - 1] == before;

    private static int Skip(string text, int position) =>
        position < text.Length && text[position] == ' ' ? position + 1 : position;
}
