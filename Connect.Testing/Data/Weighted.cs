namespace Connect.Testing.Data;

/// <summary>Picks by weight.</summary>
internal static class Weighted
{
    /// <summary>The one at a place on a line on which all lie in a row, each as long as its weight.</summary>
    public static T Pick<T>(IReadOnlyList<T> all, Func<T, double> weightOf, double place)
    {
        foreach (var one in all)
        {
            place -= weightOf(one);
            if (place < 0)
            {
                return one;
            }
        }

        return all[^1];
    }
}
