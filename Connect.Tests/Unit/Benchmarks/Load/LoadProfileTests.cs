using Connect.Benchmarks;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Tests.Unit.Benchmarks.Load;

/// <summary>Users over time, and their actions.</summary>
public sealed class LoadProfileTests
{
    private static readonly LoadProfile Ramp = Profile((10, 10), (10, 10), (2, 4), (0, 2));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(10, 10)]
    [InlineData(19.9, 10)]
    [InlineData(22, 6)]
    [InlineData(25, 1)]
    [InlineData(26, 0)]
    public void Users_come_and_go_evenly(double second, double expected) =>
        Assert.Equal(expected, Ramp.UsersAt(TimeSpan.FromSeconds(second)), precision: 6);

    [Theory]
    [InlineData(0, 0.0, 1.0)]
    [InlineData(9, 3.0, 10.0)]
    [InlineData(9, 15.0, 15.0)]
    [InlineData(9, 20.1, null)]
    [InlineData(1, 23.9, 23.9)]
    [InlineData(1, 24.1, null)]
    [InlineData(10, 0.0, null)]
    public void User_is_there_while_there_is_room(int user, double from, double? expected)
    {
        var turn = Ramp.NextTurn(user, TimeSpan.FromSeconds(from));

        Assert.Equal(expected is null, turn is null);
        Assert.Equal(expected ?? 0, turn?.TotalSeconds ?? 0, precision: 6);
    }

    [Fact]
    public void User_who_left_comes_back_with_the_next_rise()
    {
        var waves = Profile((4, 4), (0, 4), (8, 4));

        Assert.Equal(TimeSpan.FromSeconds(9.5), waves.NextTurn(2, TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public void Number_of_users_who_are_there_is_that_of_the_profile()
    {
        foreach (var profile in LoadProfiles.All)
        {
            for (var at = TimeSpan.Zero; at < profile.Length; at += TimeSpan.FromSeconds(7.3))
            {
                var there = Enumerable.Range(0, profile.Peak).Count(user => profile.NextTurn(user, at) == at);

                Assert.InRange(profile.UsersAt(at) - there, -0.01, 1);
            }
        }
    }

    [Fact]
    public void Users_of_a_first_stage_without_length_are_there_at_once()
    {
        var smoke = LoadProfiles.All.Single(profile => profile.Name == "smoke");

        Assert.Equal(TimeSpan.Zero, smoke.NextTurn(9, TimeSpan.Zero));
        Assert.True(smoke.IsPeak(TimeSpan.Zero));
    }

    [Fact]
    public void Peak_is_reached_only_where_all_are_there()
    {
        Assert.False(Ramp.IsPeak(TimeSpan.FromSeconds(9.9)));
        Assert.True(Ramp.IsPeak(TimeSpan.FromSeconds(10)));
        Assert.False(Ramp.IsPeak(TimeSpan.FromSeconds(21)));
    }

    [Theory]
    [InlineData("stress", 500, 8, 29.8)]
    [InlineData("smoke", 10, 0.5, null)]
    [InlineData("browse", 100, 9, null)]
    [InlineData("explanations", 150, 10, null)]
    [InlineData("mixed", 150, 10, null)]
    public void Profiles_last_ten_minutes_at_most(string name, int peak, double minutes, double? target)
    {
        var profile = LoadProfiles.Parse(new(name));

        Assert.Equal((peak, target), (profile.Peak, profile.TargetMilliseconds));
        Assert.Equal(minutes, profile.Length.TotalMinutes, precision: 6);
    }

    [Fact]
    public void Shorter_run_keeps_the_form_of_the_profile()
    {
        var (whole, half) = (LoadProfiles.Parse(new("stress")), LoadProfiles.Parse(new("stress", "--minutes", "4")));

        Assert.Equal(4, half.Length.TotalMinutes, precision: 6);
        foreach (var part in (double[])[0.1, 0.4, 0.6, 0.9])
        {
            Assert.Equal(whole.UsersAt(whole.Length * part), half.UsersAt(half.Length * part), precision: 3);
        }
    }

    [Fact]
    public void Stress_is_the_default()
    {
        var shorter = LoadProfiles.Parse(new("--minutes", "2.5"));

        Assert.Equal("stress", LoadProfiles.Parse(new()).Name);
        Assert.Equal(("stress", TimeSpan.FromMinutes(2.5)), (shorter.Name, shorter.Length));
    }

    [Theory]
    [InlineData("breaker")]
    [InlineData("stress", "2")]
    [InlineData("stress", "--minutes")]
    [InlineData("stress", "--minutes", "0")]
    [InlineData("stress", "--minutes", "11")]
    [InlineData("stress", "--minutes", "-1")]
    [InlineData("--minutes", "NaN")]
    public void Other_arguments_are_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => LoadProfiles.Parse(new(arguments)));

    private static LoadProfile Profile(params (int Users, double Seconds)[] stages) => new(
        "test", default, [.. stages.Select(stage => new Stage(stage.Users, TimeSpan.FromSeconds(stage.Seconds)))], []);
}
