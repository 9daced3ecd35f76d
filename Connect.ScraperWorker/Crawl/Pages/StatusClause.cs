namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Reads one clause of a status from left to right, word by word.</summary>
internal ref struct StatusClause
{
    private readonly ReadOnlySpan<char> _text;
    private StatusWord _topic;
    private StatusSays _open;
    private int _lastEnd;
    private int _momentEnd;
    private bool _over;
    private bool _applications;
    private bool _surely;
    private bool _denied;
    private bool _aside;
    private bool _condition;
    private bool _always;
    private bool _daysBefore;
    private int _moments;
    private int _momentsAtEnd;

    private StatusClause(ReadOnlySpan<char> text) => _text = text;

    public static StatusSays Read(ReadOnlySpan<char> text)
    {
        var clause = new StatusClause(text);
        for (var i = 0; i < text.Length;)
        {
            i = char.IsAsciiDigit(text[i]) ? clause.Number(i) : text[i] == 'D' ? clause.Days(i) : clause.Word(i);
        }

        return clause.Conclude();
    }

    private readonly StatusSays Conclude()
    {
        if (_aside)
        {
            return StatusSays.Nothing;
        }

        var end = !_over && !_surely ? _denied || _moments > 0 || _daysBefore ? StatusSays.EndAhead : StatusSays.Nothing
            : _denied ? StatusSays.EndAhead
            : _surely ? StatusSays.SurelyOver
            : _moments > 0 || _condition ? StatusSays.EndAhead
            : _applications ? StatusSays.ApplicationsOver : StatusSays.Over;
        var open = _always && !_over && !_surely ? StatusSays.ApplicationsOpen : _open;
        return end > open ? end : open;
    }

    private int Word(int start)
    {
        var word = StatusWords.Find(_text, start, out var end);
        switch (word)
        {
            case StatusWord.None:
                return start + 1;
            case StatusWord.Before when !Follows(start, _lastEnd):
            case StatusWord.UnderWay when Follows(start, _momentEnd):
                return end;
            case StatusWord.Application:
                _topic = word;
                break;
            case StatusWord.Afterwards:
                // The moment before belongs to this: 접수마감 10월 발표.
                (_topic, _moments) = (word, _momentsAtEnd);
                break;
            case StatusWord.Over:
                _over = true;
                _applications |= _topic is StatusWord.Application or StatusWord.Afterwards;
                (_momentsAtEnd, _daysBefore) = (_moments, false);
                break;
            case StatusWord.SurelyOver:
                (_surely, _daysBefore) = (true, false);
                break;
            case StatusWord.Denial:
                _denied |= _topic != StatusWord.Afterwards;
                break;
            case StatusWord.Moment or StatusWord.Before or StatusWord.Extended:
                _moments += _topic == StatusWord.Afterwards ? 0 : 1;
                break;
            case StatusWord.Possible when _topic != StatusWord.Application:
                _denied |= _over;
                break;
            case StatusWord.UnderWay or StatusWord.Begun or StatusWord.Possible:
                Begin();
                break;
            default:
                _aside |= word == StatusWord.Aside;
                _condition |= word == StatusWord.Condition;
                _always |= word == StatusWord.Always;
                break;
        }

        _lastEnd = end;
        return end;
    }

    private void Begin()
    {
        if (_topic == StatusWord.Afterwards)
        {
            _surely = true;
            return;
        }

        var open = _topic == StatusWord.Application ? StatusSays.ApplicationsOpen : StatusSays.Open;
        _open = open > _open ? open : _open;
    }

    /// <summary>Whether only blanks stand between the end of something known and a place.</summary>
    private readonly bool Follows(int place, int end) => end > 0 && _text[..place].TrimEnd(' ').Length == _text[..end].Length;

    /// <summary>D-3, D-DAY, D+3.</summary>
    private int Days(int start)
    {
        var i = Skip(start + 1);
        var sign = At(i);
        if ((start > 0 && char.IsAsciiLetter(_text[start - 1])) || sign is not ('-' or '+' or 'D'))
        {
            return start + 1;
        }

        i = sign == 'D' ? i : Skip(i + 1);
        var digits = i;
        while (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
        {
            digits++;
        }

        if (digits > i)
        {
            var isPast = sign == '+' && _text[i..digits].ContainsAnyExcept('0');
            _surely |= isPast;
            _moments += isPast ? 0 : 1;
            return _lastEnd = digits;
        }

        if (_text[i..].StartsWith("DAY", StringComparison.Ordinal))
        {
            _moments++;
            return _lastEnd = i + 3;
        }

        return start + 1;
    }

    /// <summary>A date, an hour, or days before or after something.</summary>
    private int Number(int start)
    {
        var end = start;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        var next = Skip(end);
        var unit = At(next);
        var isDuration = At(next + 1) is '간' or '월';
        return unit switch
        {
            '.' or '-' or '/' or ':' when char.IsAsciiDigit(At(Skip(next + 1))) => Moment(next + 1),
            '시' or '개' when isDuration => Duration(next + 2),
            '월' or '시' => Moment(next + 1),
            '일' => Duration(next + 1, isDate: true),
            '주' or '분' => Duration(next + 1),
            _ => end,
        };
    }

    private int Duration(int end, bool isDate = false)
    {
        var next = Skip(end);
        switch (At(next))
        {
            case '전' when !_over:
                // "3일 전" alone is ahead; "3일 전 마감" is past.
                _daysBefore = true;
                return next + 1;
            case '후' or '뒤' or '이' or '내' when _over:
                // "마감 3일 후" is past; "3일 후 마감" is ahead.
                return next + 1;
            case '전' or '후' or '뒤' or '이' or '내':
                return Moment(next + 1);
            default:
                return isDate ? Moment(end) : end;
        }
    }

    private int Moment(int end)
    {
        _moments += _topic == StatusWord.Afterwards ? 0 : 1;
        return _momentEnd = _lastEnd = end;
    }

    private readonly char At(int place) => place < _text.Length ? _text[place] : '\0';

    private readonly int Skip(int place)
    {
        while (place < _text.Length && _text[place] == ' ')
        {
            place++;
        }

        return place;
    }
}
