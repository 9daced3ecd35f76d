using Connect.Benchmarks.Load.Profiles;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>The mix of what users do.</summary>
public sealed class PersonaTests
{
    private static readonly LoadProfile Mixed = LoadProfiles.All.Single(profile => profile.Name == "mixed");

    [Fact]
    public void Mixed_profile_reads_explains_and_writes_as_it_says()
    {
        Dictionary<string, double> shares = new() { ["read"] = 0, ["explain"] = 0, ["write"] = 0 };
        double users = Mixed.Personas.Sum(persona => persona.Weight);
        foreach (var persona in Mixed.Personas)
        {
            double actions = persona.Actions.Sum(action => action.Weight);
            foreach (var (action, weight) in persona.Actions)
            {
                shares[KindOf(action)] += persona.Weight / users * weight / actions;
            }
        }

        Assert.Equal(4, Mixed.Personas.Length);
        Assert.Equal(0.6, shares["read"], precision: 9);
        Assert.Equal(0.3, shares["explain"], precision: 9);
        Assert.Equal(0.1, shares["write"], precision: 9);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(150)]
    [InlineData(500)]
    public void Every_number_of_first_users_has_the_mix_of_all(int count)
    {
        var parts = Enumerable.Range(0, count).CountBy(user => Persona.Of(Mixed.Personas, user).Name).ToDictionary();

        Assert.All(Mixed.Personas, persona => Assert.InRange(parts[persona.Name], (count * persona.Weight / 100.0) - 2, (count * persona.Weight / 100.0) + 2));
    }

    [Fact]
    public void Actions_come_by_their_weights()
    {
        var persona = new Persona("test", 1, [(LoadAction.Matches, 3), (LoadAction.Stored, 1)]);
        var random = new Random(1);

        var matches = Enumerable.Range(0, 10_000).Count(_ => persona.Next(random) == LoadAction.Matches);

        Assert.InRange(matches, 7_300, 7_700);
    }

    private static string KindOf(LoadAction action) => action switch
    {
        LoadAction.Explanation => "explain",
        LoadAction.Mark or LoadAction.Profile => "write",
        _ => "read",
    };
}
