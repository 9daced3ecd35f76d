using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Connect.ScraperWorker.Crawl;

/// <summary>
/// Finds the known postings of rows whose addresses contain their place in the list in a parameter that <see cref="Links"/> does not know
/// by name. Such a parameter is what differs between the addresses of one row in two reads: without it, most rows of a page have
/// the address and the title of a posting, and still differ from each other.
/// </summary>
internal sealed class MovingAddresses(IKnownPostings postings)
{
    /// <summary>Pages of one crawl that are searched for such parameters: a board has them on all pages or on none.</summary>
    private const int MostTries = 3;

    private const int FewestRows = 2;

    private HashSet<string> _places = [];
    private Dictionary<string, string> _known = [];
    private int _tries;

    /// <summary>The postings' addresses of the rows that have moved, by the rows' own.</summary>
    /// <param name="page">The titles of a page's rows by address.</param>
    /// <param name="isKnown">Whether an address is a posting's.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyDictionary<string, string>> SettleAsync(
        IReadOnlyDictionary<string, string> page, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        List<string> strange = [.. page.Keys.Where(address => !isKnown(address))];
        if (_places.Count == 0 && _tries < MostTries && IsMost(strange.Count, page.Count) && strange.Exists(HasSeveral))
        {
            _tries++;
            Learn(await postings.FindTitlesAsync(cancellationToken), page, strange);
        }

        return _places.Count == 0
            ? new Dictionary<string, string>()
            : strange.Where(address => _known.ContainsKey(Without(address, _places))).ToDictionary(address => address, address => _known[Without(address, _places)]);
    }

    private void Learn(IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> page, List<string> strange)
    {
        // All that can be left out at once, beginning with each in turn, because rows that differ in both differ without either; and of
        // these again what has to be.
        string[] names = [.. strange.SelectMany(NamesOf).Distinct()];
        var (places, most) = names.Select((_, first) => LeavableFrom(first)).Select(set => (Set: set, Rows: Matches(set))).MaxBy(static set => set.Rows);
        if (!IsMost(most, page.Count))
        {
            return;
        }

        foreach (var name in places.ToArray())
        {
            if (Matches([.. places.Where(other => other != name)]) == most)
            {
                places.Remove(name);
            }
        }

        (_places, _known) = (places, Forms(places));

        HashSet<string> LeavableFrom(int first)
        {
            HashSet<string> left = [];
            foreach (var name in names[first..].Concat(names[..first]))
            {
                if (page.Keys.Select(address => Without(address, [.. left, name])).Distinct().Count() == page.Count)
                {
                    left.Add(name);
                }
            }

            return left;
        }

        int Matches(HashSet<string> left)
        {
            var forms = Forms(left);
            return strange.Count(address => forms.TryGetValue(Without(address, left), out var posting) && IsSame(page[address], known[posting]));
        }

        // Postings that were read twice, before this was learnt, have one form: the first stands for them.
        Dictionary<string, string> Forms(HashSet<string> left) =>
            known.Keys.GroupBy(address => Without(address, left)).ToDictionary(static form => form.Key, static form => form.First(), StringComparer.Ordinal);
    }

    private static bool IsMost(int rows, int of) => rows >= FewestRows && rows * 2 >= of;

    // Another row at the same place has the same address without its id, but another title.
    private static bool IsSame(string listed, string stored) => Titles.Normalize(listed) == Titles.Normalize(stored);

    private static bool HasSeveral(string address) => NamesOf(address).Skip(1).Any();

    private static IEnumerable<string> NamesOf(string address) => QueryHelpers.ParseQuery(QueryOf(address)).Keys;

    private static string QueryOf(string address) => address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? address[query..] : "";

    private static string Without(string address, HashSet<string> names)
    {
        var query = QueryOf(address);
        var kept = query.TrimStart('?').Split('&').Where(parameter => !names.Contains(parameter.Split('=')[0])).Order(StringComparer.Ordinal);
        return $"{address[..^query.Length]}?{string.Join('&', kept)}";
    }
}
