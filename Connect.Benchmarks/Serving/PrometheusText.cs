using System.Globalization;

namespace Connect.Benchmarks.Serving;

/// <summary>The answer of an instance at <c>/metrics</c>.</summary>
internal sealed class PrometheusText(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>The sum of all series of a name with all of these labels; 0 where there is none.</summary>
    /// <param name="name">As exported.</param>
    /// <param name="labels">As exported, such as <c>layer="matches"</c>.</param>
    public double Sum(string name, params ReadOnlySpan<string> labels)
    {
        var sum = 0.0;
        foreach (var line in _lines)
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' ' && HasAll(line, labels))
            {
                // A value may be followed by the time of its reading.
                sum += double.Parse(line[(line.LastIndexOf('}') + 1)..].Replace(name, "", StringComparison.Ordinal).Trim().Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    private static bool HasAll(string line, ReadOnlySpan<string> labels)
    {
        foreach (var label in labels)
        {
            if (!line.Contains(label, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
