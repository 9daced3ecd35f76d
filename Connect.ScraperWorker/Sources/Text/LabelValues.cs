using System.Collections.Immutable;
using Connect.Core.Classification;

namespace Connect.ScraperWorker.Sources.Text;

/// <summary>The "label : value" pairs of a detail page. Labels are compared without blanks; the first of a label wins.</summary>
internal sealed class LabelValues
{
    private const int LongestLabel = 20;

    private readonly ImmutableDictionary<string, string> _values;

    private LabelValues(ImmutableDictionary<string, string> values) => _values = values;

    /// <summary>Reads one pair a line; lines without a colon are passed over. Never throws.</summary>
    public static LabelValues Read(string? text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (var line in PlainText.ForParsing(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                pairs.Add(new(line[..colon], line[(colon + 1)..]));
            }
        }

        return From(pairs);
    }

    /// <summary>Puts pairs together that a page holds as cells.</summary>
    public static LabelValues From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (label, value) in pairs)
        {
            var key = Key(label);
            if (key.Length is > 0 and <= LongestLabel)
            {
                values.TryAdd(key, PlainText.Clean(value));
            }
        }

        return new(values.ToImmutable());
    }

    /// <summary>All labels, blanks removed.</summary>
    public IEnumerable<string> Labels => _values.Keys;

    /// <summary>The value of the first of these labels that has one; null where none has.</summary>
    public string? First(params ReadOnlySpan<string> labels)
    {
        foreach (var label in labels)
        {
            if (_values.TryGetValue(Key(label), out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>These pairs, and those of the other where a label is not here or is empty.</summary>
    public LabelValues Or(LabelValues other)
    {
        var merged = _values.ToBuilder();
        foreach (var (label, value) in other._values)
        {
            if (!merged.TryGetValue(label, out var own) || own.Length == 0)
            {
                merged[label] = value;
            }
        }

        return new(merged.ToImmutable());
    }

    private static string Key(string label)
    {
        // "○ 접수 기간" and "1. 접수기간" are the label 접수기간.
        var cleaned = PlainText.ForParsing(label).Replace(" ", string.Empty, StringComparison.Ordinal);
        return cleaned.Trim().TrimEnd(':').TrimStart('○', '□', '◦', '·', '-', '*', '※', 'ㅇ', '▶', '■', '●', '•', '.', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }
}
