using Connect.Benchmarks.Load;
using Connect.Benchmarks.Load.Profiles;
using Connect.Benchmarks.Load.Running;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>When a run counts as one that showed what it was to show.</summary>
public sealed class LoadCommandTests
{
    private static readonly LoadConditions Conditions = new(TimeSpan.FromSeconds(1), [1], new(BoardTurns.Count, 0, 0), null, []);

    [Theory]
    [InlineData("stress", 29.7, 0)]
    [InlineData("stress", 29.8, 1)]
    [InlineData("mixed", 400, 0)]
    public void Time_has_to_be_below_the_target_where_there_is_one(string name, double milliseconds, int missed) =>
        Assert.Equal(missed, Missed(name, [Sample(milliseconds)], Conditions).Count());

    [Fact]
    public void One_wrong_answer_is_too_many() =>
        Assert.Single(Missed("stress", [.. Enumerable.Repeat(Sample(1), 999), Sample(1) with { IsRight = false }], Conditions));

    [Fact]
    public void Run_without_an_answer_shows_nothing() => Assert.Single(Missed("stress", [], Conditions));

    [Fact]
    public void Run_without_evictions_measures_memory_alone()
    {
        Assert.Single(Missed("smoke", [Sample(1)], Conditions with { Evictions = new(BoardTurns.Count - 1, 0, 0) }));
        Assert.Single(LoadCommand.Missed(LoadProfiles.Parse(new("smoke")), new([Sample(1)]), Conditions, haveBoardsChanged: false));
    }

    private static IEnumerable<string> Missed(string profile, LoadSample[] samples, LoadConditions conditions) =>
        LoadCommand.Missed(LoadProfiles.Parse(new(profile)), new([.. samples]), conditions, haveBoardsChanged: true);

    private static LoadSample Sample(double milliseconds) => new(LoadAction.Matches, milliseconds, IsPeak: true, IsRight: true, 200, "memory");
}
