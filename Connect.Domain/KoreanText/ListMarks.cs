using System.Buffers;

namespace Connect.Domain.KoreanText;

/// <summary>What stands before the words of a line in a list.</summary>
internal static class ListMarks
{
    private const string Signs = " -~○●◦◎□■▪▫◇◆▶▷►▸❍·ㆍᆞ•∙※→|oOㅇᄋ.,:";

    /// <summary>Ends of a label in brackets.</summary>
    public static readonly SearchValues<char> ClosingBrackets = SearchValues.Create(")]>】」〉");

    /// <summary>A line without the marks and the number of a list: "□ 2) ".</summary>
    public static ReadOnlySpan<char> Strip(string line)
    {
        var rest = line.AsSpan().TrimStart(Signs);
        var number = rest.Length > 0 && rest[0] is >= '가' and <= '하' ? 1 : rest.IndexOfAnyExceptInRange('0', '9');
        if (number is 1 or 2 && number < rest.Length && rest[number] is '.' or ')')
        {
            // The number of a list stands before a word, that of a date before another number.
            var behind = rest[(number + 1)..].TrimStart(Signs);
            rest = behind.IsEmpty || char.IsAsciiDigit(behind[0]) ? rest : behind;
        }

        return rest;
    }
}
