using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// Counts by one or two words, such as tag family and reason. Over the bound, new words count as <c>other</c>, because
/// an administrator may choose them. Known words start at zero: <c>increase()</c> misses the first event of a series
/// that begins with it.
/// </summary>
internal sealed class Tally
{
    public const string Other = "other";

    private readonly ConcurrentDictionary<(string First, string Second), long> _counts = new();
    private readonly int _capacity;

    /// <param name="known">Known words; not counted for the bound.</param>
    /// <param name="capacity">Most other words.</param>
    public Tally(IEnumerable<(string First, string Second)> known, int capacity = 64)
    {
        foreach (var words in known)
        {
            _counts[words] = 0;
        }

        _capacity = _counts.Count + capacity;
    }

    /// <summary>Counts by one word.</summary>
    public Tally(IEnumerable<string> known, int capacity = 64)
        : this(known.Select(word => (word, "")), capacity)
    {
    }

    public void Add(string first, string second = "", long count = 1)
    {
        var words = (first, second);
        if (_counts.Count >= _capacity && !_counts.ContainsKey(words))
        {
            words = (Other, second.Length == 0 ? "" : Other);
        }

        _counts.AddOrUpdate(words, static (_, added) => added, static (_, total, added) => total + added, count);
    }

    /// <summary>All words in order, zeros included.</summary>
    public IEnumerable<(string First, string Second, long Count)> Read() =>
        _counts.Select(entry => (entry.Key.First, entry.Key.Second, entry.Value))
            .OrderBy(entry => entry.First, StringComparer.Ordinal).ThenBy(entry => entry.Second, StringComparer.Ordinal);

    /// <summary>The same for an instrument.</summary>
    /// <param name="first">Dimension of the first word.</param>
    /// <param name="second">Dimension of the second word; null where there is none.</param>
    public IEnumerable<Measurement<long>> Observe(string first, string? second = null) =>
        _counts.Select(entry => second is null
            ? new Measurement<long>(entry.Value, new KeyValuePair<string, object?>(first, entry.Key.First))
            : new Measurement<long>(entry.Value, new(first, entry.Key.First), new KeyValuePair<string, object?>(second, entry.Key.Second)));
}
