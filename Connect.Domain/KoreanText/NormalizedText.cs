using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Connect.Domain.KoreanText;

/// <summary>
/// Text made comparable: NFKC, upper case, letters and digits only, with the places remembered where something
/// stood between them. A space or hyphen is a soft break that a known word may span ("인공 지능"); other
/// punctuation is a hard one.
/// </summary>
internal sealed class NormalizedText
{
    private enum Gap : byte
    {
        None,
        Soft,
        Hard,
    }

    private static readonly SearchValues<char> TagLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly FrozenSet<string> Tags =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "b", "br", "em", "font", "i", "mark", "p", "span", "strong", "u");

    private readonly Gap[] _before;

    private NormalizedText(string text, Gap[] before)
    {
        Text = text;
        _before = before;
    }

    /// <summary>Letters and digits only.</summary>
    public string Text { get; }

    public int Length => Text.Length;

    public static NormalizedText Of(string? source)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            return new(string.Empty, []);
        }

        var folded = Fold(source);
        var text = new StringBuilder(folded.Length);
        var before = new List<Gap>(folded.Length);
        var gap = Gap.Hard;
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];

            if (c == '<' && TagEnd(folded, i) is { } end)
            {
                i = end;
                continue;
            }

            if (char.IsLetterOrDigit(c))
            {
                text.Append(char.ToUpperInvariant(c));
                before.Add(gap);
                gap = Gap.None;
            }
            else
            {
                var kind = char.IsWhiteSpace(c) || c is '-' or '_' ? Gap.Soft : Gap.Hard;
                gap = kind > gap ? kind : gap;
            }
        }

        return new(text.ToString(), [.. before]);
    }

    /// <summary>The comparable form of a whole keyword: no spaces, no punctuation, upper case.</summary>
    public static string Key(string? source) => Of(source).Text;

    /// <summary>Whether a token, or a run of one script in it, starts here.</summary>
    public bool StartsAt(int index) =>
        index == 0 || index == Length || _before[index] != Gap.None || IsAscii(Text[index - 1]) != IsAscii(Text[index]);

    /// <summary>Whether something stood before this place.</summary>
    public bool BreaksAt(int index) => index == 0 || index == Length || _before[index] != Gap.None;

    public bool BreaksHardAt(int index) => index == 0 || index == Length || _before[index] == Gap.Hard;

    /// <summary>Where the token that holds <paramref name="index"/> ends.</summary>
    public int TokenEnd(int index)
    {
        var end = index + 1;
        while (!BreaksAt(end))
        {
            end++;
        }

        return end;
    }

    public static bool IsAscii(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>
    /// Where a tag ends: boards mark search hits in titles with tags. Words in brackets, such as &lt;AI 반도체&gt;, are text.
    /// </summary>
    private static int? TagEnd(string text, int start)
    {
        var end = text.IndexOf('>', start);
        if (end < 0)
        {
            return null;
        }

        var name = text.AsSpan(start + 1, end - start - 1).TrimStart('/');
        var length = name.IndexOfAnyExcept(TagLetters);
        return Tags.Contains((length < 0 ? name : name[..length]).ToString()) ? end : null;
    }

    private static string Fold(string source)
    {
        try
        {
            return source.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // A lone surrogate from a cut-off page can't be normalized; it is no letter anyway.
            return source;
        }
    }
}
