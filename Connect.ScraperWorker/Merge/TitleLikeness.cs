using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Merge;

/// <summary>
/// Whether another title at a known address is the same program renamed, or another program: Dice's coefficient over the pairs of
/// neighbouring letters of the normalized titles.
/// </summary>
internal static class TitleLikeness
{
    private const double Same = 0.6;

    public static bool IsRenamed(string before, string after) => Of(before, after) >= Same;

    /// <summary>0 for nothing in common to 1 for the same letters.</summary>
    public static double Of(string left, string right)
    {
        var (first, second) = (Titles.Normalize(left), Titles.Normalize(right));
        if (first == second)
        {
            return 1;
        }

        if (first.Length < 2 || second.Length < 2)
        {
            return 0;
        }

        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < first.Length; i++)
        {
            var pair = (first[i - 1], first[i]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }

        var common = 0;
        for (var i = 1; i < second.Length; i++)
        {
            var pair = (second[i - 1], second[i]);
            if (pairs.TryGetValue(pair, out var count) && count > 0)
            {
                pairs[pair] = count - 1;
                common++;
            }
        }

        return 2.0 * common / (first.Length + second.Length - 2);
    }
}
