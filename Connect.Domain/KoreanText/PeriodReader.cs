namespace Connect.Domain.KoreanText;

/// <summary>
/// Reads the periods of a text from its dates and from what stands between them. What is not understood never makes the first of
/// two dates the end: the last one is it then, and of more than two none is.
/// </summary>
internal sealed class PeriodReader
{
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    private readonly string _text;
    private readonly List<DateMark> _marks;
    private readonly List<Span> _rounds = [];
    private readonly List<Span> _replaced = [];
    private bool _isUnsure;

    /// <summary>A period or a single date of the text.</summary>
    /// <param name="Start">Its start, where the text names it as one.</param>
    /// <param name="End">Its end; of a single date the date.</param>
    /// <param name="IsRange">Whether two ends are joined, legible or not.</param>
    /// <param name="First">Place of its first date in the text.</param>
    /// <param name="Last">Place behind its last one.</param>
    /// <param name="Join">What stands before it.</param>
    private readonly record struct Span(Moment? Start, Moment? End, bool IsRange, int First, int Last, DateJoin Join);

    private PeriodReader(string text)
    {
        _text = text;
        _marks = DateMarks.Find(text);
    }

    /// <summary>Reads a text that <see cref="PlainText.ForParsing"/> has prepared.</summary>
    public static PeriodReading Read(string text)
    {
        var reader = new PeriodReader(text);
        reader.Read();
        return new(
            [
                .. reader._rounds.Select(static span => (span.First, Period: ToPeriod(span)))
                    .Concat(reader._replaced.Select(static span => (span.First, Period: ToPeriod(span) with { IsReplaced = true })))
                    .OrderBy(static place => place.First).Select(static place => place.Period),
            ],
            reader._isUnsure);
    }

    /// <summary>The first moment that the text does not name as an end; null where there is none.</summary>
    public static Moment? ReadStart(string text)
    {
        var reader = new PeriodReader(text);
        reader.Read();
        if (reader._rounds is [{ Start: { } start }, ..])
        {
            return start;
        }

        return reader._marks is [{ Moment: { } first } mark, ..] && !(reader._rounds is [{ IsRange: true } round, ..] && round.First == mark.Start)
            && !reader.FollowsTilde(mark.Start) && !MomentWords.NameEnd(text, mark.Start, mark.End)
                ? first
                : null;
    }

    private static DatePeriod ToPeriod(Span span)
    {
        var (start, end) = (At(span.Start, TimeOnly.MinValue), At(span.End, EndOfDay));
        return end < start ? new(start, null, false) : new(start, end, false);
    }

    private static DateTimeOffset? At(Moment? moment, TimeOnly otherwise) =>
        moment is { } known ? new(known.Date.ToDateTime(known.Time ?? otherwise), Zones.Korea) : null;

    private void Read()
    {
        var spans = WithoutNotes(Spans());
        if (spans.Count == 0)
        {
            return;
        }

        _rounds.Add(spans[0]);
        foreach (var span in spans.Skip(1))
        {
            Add(span, spans.Count);
        }
    }

    private void Add(Span next, int count)
    {
        var current = _rounds[^1];
        if (next.Join.IsChange || (next.Join.IsArrow && current.IsRange))
        {
            // "3.1 ~ 3.15 → 3.22" replaces the end only.
            _replaced.Add(current);
            _rounds[^1] = next.Start is not null ? next : next with { Start = current.Start, IsRange = next.IsRange || current.IsRange };
        }
        else if (IsEnd(next) && !current.IsRange && !IsEnd(current))
        {
            _rounds[^1] = next with { IsRange = true };
        }
        else if (next.Join.IsRound || (next.Join.IsList && next.IsRange && current.IsRange))
        {
            _rounds.Add(next);
        }
        else if (!MomentWords.NameOther(_text, next.First, next.Last))
        {
            Guess(current, next, count);
        }
    }

    private void Guess(Span current, Span next, int count)
    {
        if (IsEnd(current) && !current.IsRange)
        {
            return;
        }

        _isUnsure = true;
        if (!current.IsRange)
        {
            _rounds[^1] = next.IsRange || count == 2 ? next with { IsRange = true } : next with { Start = null, End = null, IsRange = true };
        }
    }

    private bool IsEnd(Span span) => !span.IsRange && MomentWords.NameEnd(_text, span.First, span.Last);

    private List<Span> Spans()
    {
        List<Span> spans = [];
        for (var i = 0; i < _marks.Count; i++)
        {
            var first = _marks[i];
            var second = i + 1 < _marks.Count ? _marks[i + 1] : default;
            var isJoined = second.End > 0 && (second.Join.IsRange || (second.Join.IsArrow && !second.Join.IsChange));
            if (FollowsTilde(first.Start) && !(isJoined && !second.IsHour))
            {
                // "~ 2025.04.15 09:00~18:00": of the hours of its day the last one counts.
                i += isJoined && second.IsHour ? 1 : 0;
                spans.Add(new(null, isJoined && second.IsHour ? second.Moment : first.Moment, true, first.Start, first.End, first.Join));
            }
            else if (isJoined)
            {
                i++;
                var end = second.Moment;
                if (i + 1 < _marks.Count && _marks[i + 1] is { IsHour: true } hour)
                {
                    (i, end) = (i + 1, hour.Moment);
                }

                spans.Add(new(first.Moment, end, true, first.Start, _marks[i].End, first.Join));
            }
            else
            {
                spans.Add(IsOpen(first)
                    ? new(first.Moment, null, true, first.Start, first.End, first.Join)
                    : new(null, first.Moment, false, first.Start, first.End, first.Join));
            }
        }

        return spans;
    }

    // "2025.03.15부터", "2025.03.15 ~ 추후 공지". A dash may be only a dash.
    private bool IsOpen(DateMark mark)
    {
        var cursor = new TextCursor(_text, mark.End);
        cursor.Skip(4, " \n.,)]");
        return cursor.TakeAny(["부터", "이후", "접수시작", "접수 시작", "시작", "에서"]) || cursor.Current == '~';
    }

    private bool FollowsTilde(int start) => _text.AsSpan(Math.Max(0, start - 4), Math.Min(4, start)).TrimEnd(" ('").EndsWith('~');

    // A date in brackets behind a date outside of them says something of it, and replaces it only where it says so.
    private List<Span> WithoutNotes(List<Span> spans)
    {
        var depths = spans.ConvertAll(span => Depth(span.First));
        if (spans.Count < 2 || depths[0] > 0)
        {
            return spans;
        }

        return [.. spans.Where((span, place) => depths[place] == 0 || IsChange(span))];
    }

    private bool IsChange(Span span)
    {
        var open = _text.AsSpan(0, span.First).LastIndexOfAny("([");
        var close = _text.AsSpan(span.Last).IndexOfAny(")]");
        return _text.AsSpan(open, span.First - open).ContainsAny(DateJoin.ChangeWords)
            || _text.AsSpan(span.Last, close < 0 ? 0 : close).ContainsAny(DateJoin.ChangeWords);
    }

    private int Depth(int place)
    {
        var depth = 0;
        foreach (var c in _text.AsSpan(0, place))
        {
            depth = c is '(' or '[' ? depth + 1 : c is ')' or ']' && depth > 0 ? depth - 1 : depth;
        }

        return depth;
    }
}
