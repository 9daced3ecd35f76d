namespace Connect.Domain.KoreanText;

/// <summary>A place in a text that readers move on. Copying it is the way back. Outside of the text there is '\0'.</summary>
internal ref struct TextCursor(ReadOnlySpan<char> text, int position)
{
    private readonly ReadOnlySpan<char> _text = text;

    public int Position { get; private set; } = position;

    public readonly char Current => Ahead(0);

    public readonly char Previous => Ahead(-1);

    public readonly char Ahead(int offset) =>
        (uint)(Position + offset) < (uint)_text.Length ? _text[Position + offset] : '\0';

    /// <summary>The text from this place on, at most <paramref name="most"/> characters.</summary>
    public readonly ReadOnlySpan<char> Rest(int most) => _text.Slice(Position, Math.Min(most, _text.Length - Position));

    public void Skip(int most, ReadOnlySpan<char> what)
    {
        while (most-- > 0 && what.Contains(Current))
        {
            Position++;
        }
    }

    public void SkipBlanks(int most) => Skip(most, " \n");

    public bool Take(char what)
    {
        var taken = Current == what && Position < _text.Length;
        Position += taken ? 1 : 0;
        return taken;
    }

    public bool TakeAny(ReadOnlySpan<char> what)
    {
        var taken = Position < _text.Length && what.Contains(_text[Position]);
        Position += taken ? 1 : 0;
        return taken;
    }

    public bool Take(string word)
    {
        var taken = Position < _text.Length && _text[Position..].StartsWith(word, StringComparison.OrdinalIgnoreCase);
        Position += taken ? word.Length : 0;
        return taken;
    }

    /// <summary>The first of the words that stands here.</summary>
    public bool TakeAny(scoped ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Take(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A whole run of ASCII digits that is as long as asked for; a part of a longer run is not a number.</summary>
    public bool TakeNumber(int least, int most, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits <= most && char.IsAsciiDigit(Ahead(digits)))
        {
            number = (number * 10) + (Ahead(digits++) - '0');
        }

        var taken = digits >= least && digits <= most;
        Position += taken ? digits : 0;
        return taken;
    }
}
