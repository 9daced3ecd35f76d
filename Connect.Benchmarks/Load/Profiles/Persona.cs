using Connect.Testing.Data;

namespace Connect.Benchmarks.Load.Profiles;

/// <summary>A sort of user, its share of the users, and the share of each action in its requests.</summary>
internal sealed record Persona(string Name, int Weight, ImmutableArray<(LoadAction Action, int Weight)> Actions)
{
    // The fractional parts of its multiples are spread evenly for any number of them.
    private const double GoldenRatio = 0.618_033_988_749_894_8;

    /// <summary>The persona of a user; the mix is right for the first users as well as for all.</summary>
    public static Persona Of(ImmutableArray<Persona> personas, int user) =>
        Pick(personas, static persona => persona.Weight, user * GoldenRatio % 1);

    public LoadAction Next(Random random) => Pick(Actions, static action => action.Weight, random.NextDouble()).Action;

    private static T Pick<T>(ImmutableArray<T> all, Func<T, int> weightOf, double place) =>
        Weighted.Pick(all, one => weightOf(one), place * all.Sum(weightOf));
}
