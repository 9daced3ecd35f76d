using System.Collections.Immutable;

namespace Connect.Benchmarks.Load.Profiles;

/// <summary>A sort of user.</summary>
/// <param name="Name">As it is reported.</param>
/// <param name="Weight">Its share of the users.</param>
/// <param name="Actions">What it does, each with its share of the requests.</param>
internal sealed record Persona(string Name, int Weight, ImmutableArray<(LoadAction Action, int Weight)> Actions)
{
    // The fractional parts of its multiples are spread evenly for any number of them.
    private const double GoldenRatio = 0.618_033_988_749_894_8;

    /// <summary>The persona of a user; the mix is right for the first users as well as for all.</summary>
    public static Persona Of(ImmutableArray<Persona> personas, int user) =>
        Pick(personas, static persona => persona.Weight, user * GoldenRatio % 1);

    /// <summary>The next thing to do.</summary>
    public LoadAction Next(Random random) => Pick(Actions, static action => action.Weight, random.NextDouble()).Action;

    private static T Pick<T>(ImmutableArray<T> all, Func<T, int> weightOf, double place)
    {
        var left = place * all.Sum(weightOf);
        foreach (var one in all)
        {
            left -= weightOf(one);
            if (left < 0)
            {
                return one;
            }
        }

        return all[^1];
    }
}
