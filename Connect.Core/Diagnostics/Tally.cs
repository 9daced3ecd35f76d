using System.Collections.Concurrent;

namespace Connect.Core.Diagnostics;

/// <summary>
/// Counts by two words, such as tag family and reason. Over the bound everything new counts as <c>other</c>: a word
/// may come from an administrator.
/// </summary>
internal sealed class Tally(int capacity = 64)
{
    public const string Other = "other";

    private readonly ConcurrentDictionary<(string First, string Second), long> _counts = new();

    /// <summary>Counts one more; gives back the words that it was counted under.</summary>
    public (string First, string Second) Add(string first, string second)
    {
        var words = (first, second);
        if (_counts.Count >= capacity && !_counts.ContainsKey(words))
        {
            words = (Other, Other);
        }

        _counts.AddOrUpdate(words, 1, static (_, count) => count + 1);
        return words;
    }

    public IEnumerable<(string First, string Second, long Count)> Read() =>
        _counts.Select(entry => (entry.Key.First, entry.Key.Second, entry.Value))
            .OrderBy(entry => entry.First, StringComparer.Ordinal).ThenBy(entry => entry.Second, StringComparer.Ordinal);
}
