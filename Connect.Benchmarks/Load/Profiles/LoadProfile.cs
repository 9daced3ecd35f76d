namespace Connect.Benchmarks.Load.Profiles;

/// <summary>A time in which the number of users changes linearly to another one.</summary>
internal readonly record struct Stage(int Users, TimeSpan Length);

/// <summary>The pause of a user between an answer and the next request.</summary>
internal readonly record struct ThinkTime(TimeSpan Least, TimeSpan Most)
{
    public TimeSpan Next(Random random) => Least + ((Most - Least) * random.NextDouble());
}

/// <summary>The number of users over time, from none, what they ask, and their pause after each answer.</summary>
internal sealed record LoadProfile(string Name, ThinkTime Think, ImmutableArray<Stage> Stages, ImmutableArray<Persona> Personas)
{
    // Less than the change of the number of users in one tick of the clock.
    private const double Rounding = 1e-3;

    /// <summary>The target of the 95th percentile; null for none.</summary>
    public double? TargetMilliseconds { get; init; }

    /// <summary>Whether some users request explanations.</summary>
    public bool Explains => Personas.Any(persona => persona.Actions.Any(action => action.Action == LoadAction.Explanation));

    public TimeSpan Length => Stages.Aggregate(TimeSpan.Zero, static (sum, stage) => sum + stage.Length);

    public int Peak => Stages.Max(static stage => stage.Users);

    /// <summary>The same in another time.</summary>
    public LoadProfile Lasting(TimeSpan length) =>
        this with { Stages = [.. Stages.Select(stage => stage with { Length = stage.Length * (length / Length) })] };

    /// <summary>The number of users at a moment; it may be fractional during a change.</summary>
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

    /// <summary>Whether the number of users is at its maximum.</summary>
    public bool IsPeak(TimeSpan at) => UsersAt(at) >= Peak - Rounding;

    /// <summary>
    /// When, from <paramref name="at"/> on, a user is there; null for never again. Users count from 0: each comes when
    /// there is room for one more than those before.
    /// </summary>
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
