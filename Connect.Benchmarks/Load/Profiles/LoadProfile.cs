using System.Collections.Immutable;

namespace Connect.Benchmarks.Load.Profiles;

/// <summary>A time in which the number of users goes, evenly, from where it was to another one.</summary>
internal readonly record struct Stage(int Users, TimeSpan Length);

/// <summary>How long a user looks at an answer before asking for the next.</summary>
internal readonly record struct ThinkTime(TimeSpan Least, TimeSpan Most)
{
    public TimeSpan Next(Random random) => Least + ((Most - Least) * random.NextDouble());
}

/// <summary>Who asks, how many of them when, and what they ask.</summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="Think">The pause after each answer.</param>
/// <param name="Stages">The number of users over time, from none.</param>
/// <param name="Personas">Who they are.</param>
internal sealed record LoadProfile(string Name, ThinkTime Think, ImmutableArray<Stage> Stages, ImmutableArray<Persona> Personas)
{
    // Less than any part of a user that a tick of the clock makes.
    private const double Rounding = 1e-3;

    /// <summary>What 95 of 100 answers have to stay below; null where there is no such promise.</summary>
    public double? TargetMilliseconds { get; init; }

    /// <summary>Whether anybody asks for explanations.</summary>
    public bool Explains => Personas.Any(persona => persona.Actions.Any(action => action.Action == LoadAction.Explanation));

    public TimeSpan Length => Stages.Aggregate(TimeSpan.Zero, static (sum, stage) => sum + stage.Length);

    /// <summary>The most users that there are at a time.</summary>
    public int Peak => Stages.Max(static stage => stage.Users);

    /// <summary>The same in another time.</summary>
    public LoadProfile Lasting(TimeSpan length) =>
        this with { Stages = [.. Stages.Select(stage => stage with { Length = stage.Length * (length / Length) })] };

    /// <summary>How many users there are; parts of one are on their way.</summary>
    public double UsersAt(TimeSpan at)
    {
        var (from, began) = (0, TimeSpan.Zero);
        foreach (var stage in Stages)
        {
            if (at < began + stage.Length)
            {
                return from + ((stage.Users - from) * ((at - began) / stage.Length));
            }

            (from, began) = (stage.Users, began + stage.Length);
        }

        return 0;
    }

    /// <summary>Whether as many users are there as ever.</summary>
    public bool IsPeak(TimeSpan at) => UsersAt(at) >= Peak - Rounding;

    /// <summary>When, from <paramref name="at"/> on, a user is there; null for never again.</summary>
    /// <param name="user">From 0: this one comes when there is room for one more than those before.</param>
    /// <param name="at">The moment itself, where the user is there.</param>
    public TimeSpan? NextTurn(int user, TimeSpan at)
    {
        var (from, began) = (0.0, TimeSpan.Zero);
        foreach (var stage in Stages)
        {
            var end = began + stage.Length;
            if (at < end)
            {
                var start = at > began ? at : began;
                var there = from + ((stage.Users - from) * ((start - began) / stage.Length));
                if (there >= user + 1 - Rounding)
                {
                    return start;
                }

                if (stage.Users >= user + 1)
                {
                    return began + (stage.Length * ((user + 1 - from) / (stage.Users - from)));
                }
            }

            (from, began) = (stage.Users, end);
        }

        return null;
    }
}
