using System.Globalization;

namespace Connect.Domain.KoreanText;

/// <summary>An amount found in a text. <see cref="Won"/> is null where it is not clear or does not fit a 64-bit integer.</summary>
internal readonly record struct ScannedAmount(int Start, int End, long? Won);

/// <summary>
/// Finds Korean amounts by reading them as numerals: groups of 조, 억 and 만, in each group digits with 천, 백 or 십
/// ("2천5백만원" is 2,500 times 만). Linear in the text; a number without unit, 원 or ₩ is not money.
/// </summary>
internal static class AmountScanner
{
    /// <summary>Every amount of the text, in its order.</summary>
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
            if (isMoney && !AmountNeighbours.AreOfSomethingElse(text, start, end))
            {
                yield return new(start, end, won);
            }
        }
    }

    /// <summary>The product as whole won, rounded; null where it does not fit.</summary>
    public static long? Whole(decimal value, decimal scale) =>
        value >= 0 && value <= long.MaxValue / scale ? (long)decimal.Round(value * scale, MidpointRounding.AwayFromZero) : null;

    /// <summary>A number with thousands in groups of three; null where it is none ("1.2.3", "1,2").</summary>
    public static decimal? Number(ReadOnlySpan<char> text)
    {
        var whole = text.IndexOf('.') is var point and >= 0 ? text[..point] : text;
        for (var comma = whole.IndexOf(','); comma >= 0; comma = whole.IndexOf(','))
        {
            whole = whole[(comma + 1)..];
            if (whole.Length < 3 || whole[..3].Contains(',') || (whole.Length > 3 && whole[3] != ','))
            {
                return null;
            }
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

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
            var (afterBig, big) = ReadBig(text, Skip(text, small > 1 ? afterSmall : afterNumber));
            var isBare = small == 1 && big == 1 && AmountNeighbours.AfterWon(text, Skip(text, afterNumber)) < 0;
            if (position > start && (isBare || small >= lastSmall || big >= lastBig))
            {
                // The next number belongs to something else ("1억원 2025년"), unless nothing parts them ("1억5").
                fits &= text[position - 1] == ' ';
                break;
            }

            fits &= number is <= long.MaxValue;
            group += fits ? number!.Value * small : 0;
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

        var behind = Skip(text, position < text.Length && text[position] == '여' ? position + 1 : position);
        var afterWon = AmountNeighbours.AfterWon(text, behind);
        if (lastBig is > 10_000 and < decimal.MaxValue && lastSmall is > 1 and < decimal.MaxValue)
        {
            // "1억5천" leaves the 만 of 5천만 out; "1억5천원" may mean either.
            fits &= afterWon < 0 && Whole(group, lastBig / 10_000) is not null;
            group *= fits ? lastBig / 10_000 : 0;
        }

        var total = fits ? Whole(sum + group, 1) : null;
        return afterWon >= 0 ? (afterWon, total, true)
            : AmountNeighbours.HaveWonBefore(text, start) ? (position, total, true)
            : (position, total, hasUnit && hasEokOrMan && !AmountNeighbours.AreCounted(text, behind));
    }

    private static (int End, decimal? Number) ReadNumber(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is ',' or '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return (end, Number(text.AsSpan(start, end - start)));
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

    private static int Skip(string text, int position) =>
        position < text.Length && text[position] == ' ' ? position + 1 : position;
}
