using System.Collections.Immutable;
using System.Globalization;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;
using Connect.Domain.Search;

namespace Connect.Api.Http;

/// <summary>Reads values of a query string. Texts that are none are errors by field; empty ones are no values.</summary>
internal sealed class QueryTexts
{
    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm'Z'",
    ];

    /// <summary>Messages by field.</summary>
    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>An enum's wire name.</summary>
    public TEnum? Enum<TEnum>(string? text, string field)
        where TEnum : struct, Enum
    {
        if (!WireJson.TryParse<TEnum>(text, out var value))
        {
            Errors[field] = [WireJson.OneOf<TEnum>()];
        }

        return value;
    }

    /// <summary>Wire names of an enum, each once.</summary>
    public ImmutableArray<TEnum> Enums<TEnum>(string[]? texts, string field)
        where TEnum : struct, Enum => [.. (texts ?? []).Select(text => Enum<TEnum>(text, field)).OfType<TEnum>().Distinct().Order()];

    /// <summary>The words of a search.</summary>
    public SearchQuery? Search(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Stored texts are composed, and macOS' file names are not.
        var composed = PlainText.Compose(text);
        if (composed.Length > SearchQuery.MaxLength || composed.Contains('\0', StringComparison.Ordinal))
        {
            Errors[field] = [$"At most {SearchQuery.MaxLength} characters, and no null character."];
            return null;
        }

        var search = SearchQuery.Parse(composed);
        if (search.Required.Length + search.Excluded.Length > SearchQuery.MaxWords)
        {
            Errors[field] = [$"At most {SearchQuery.MaxWords} words."];
        }

        return search;
    }

    /// <summary>Technology readiness levels, each once.</summary>
    public ImmutableArray<int> Levels(string[]? texts, string field)
    {
        SortedSet<int> levels = [];
        foreach (var text in (texts ?? []).Where(text => text.Length > 0))
        {
            if (text is [>= '1' and <= '9' and var digit])
            {
                levels.Add(digit - '0');
            }
            else
            {
                Errors[field] = ["1 to 9."];
            }
        }

        return [.. levels];
    }

    /// <summary>An amount in whole KRW.</summary>
    public long? Won(string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        Errors[field] = ["Whole KRW, such as 300000000."];
        return null;
    }

    /// <summary>A moment with its offset, or a day in Seoul: its first moment, or its last one where it ends a range.</summary>
    public DateTimeOffset? Moment(string? text, string field, bool isEnd)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            var time = isEnd ? TimeOnly.MaxValue : TimeOnly.MinValue;
            return new DateTimeOffset(day.ToDateTime(time), SeoulTime.Offset).ToUniversalTime();
        }

        // The plus of an offset that was not escaped arrives as a blank.
        if (DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), MomentFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        Errors[field] = ["A day, such as 2026-12-31, or a moment with its offset, such as 2026-12-31T18:00:00+09:00."];
        return null;
    }
}
