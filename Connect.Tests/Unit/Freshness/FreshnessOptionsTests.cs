using System.Text;
using Connect.Benchmarks;
using Connect.Benchmarks.Freshness;
using Connect.Benchmarks.Freshness.Faults;
using Connect.Benchmarks.Freshness.Variants;

namespace Connect.Tests.Unit.Freshness;

public sealed class FreshnessOptionsTests
{
    [Fact]
    public void Schedule_is_the_same_for_the_same_seed_and_has_every_fault_once_a_round()
    {
        string[] names = [.. Fault.All.Select(fault => fault.Name)];
        var gap = TimeSpan.FromSeconds(4);

        var plan = FaultRunner.Plan(names, seed: 7, gap).Take(2 * names.Length).ToList();

        Assert.Equal(plan, FaultRunner.Plan(names, seed: 7, gap).Take(2 * names.Length));
        Assert.NotEqual(plan, FaultRunner.Plan(names, seed: 8, gap).Take(2 * names.Length));
        Assert.Equal(names.Order(), plan[..names.Length].Select(entry => entry.Name).Order());
        Assert.Equal(names.Order(), plan[names.Length..].Select(entry => entry.Name).Order());
        Assert.All(plan, entry => Assert.InRange(entry.After, gap / 2, gap * 1.5));
    }

    [Fact]
    public void No_faults_are_no_schedule() => Assert.Empty(FaultRunner.Plan([], seed: 1, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Arguments_are_read()
    {
        var options = FreshnessOptions.Parse(new(
            "--minutes", "5", "--seed", "3", "--instances", "2", "--faults", "redis-killed,instance-stopped", "--variant", "stock", "--no-runbook"));

        Assert.Equal(TimeSpan.FromMinutes(5), options.Duration);
        Assert.Equal(3, options.Seed);
        Assert.Equal(2, options.Instances);
        Assert.Equal(["redis-killed", "instance-stopped"], options.Faults);
        Assert.Equal("stock", options.Variant.Name);
        Assert.False(options.FollowRunbook);
        Assert.Equal(Fault.All.Length, FreshnessOptions.Parse(new("--faults", "all")).Faults.Count);
        Assert.Empty(FreshnessOptions.Parse(new("--faults", "none")).Faults);
    }

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "0")]
    [InlineData("--instances", "1")]
    [InlineData("--instances", "many")]
    [InlineData("--faults", "earthquake")]
    [InlineData("--variant", "better")]
    [InlineData("--unknown")]
    public void Wrong_arguments_are_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => FreshnessOptions.Parse(new(arguments)));

    [Fact]
    public void Every_variant_names_a_fault_that_exists() =>
        Assert.All(FreshnessVariant.All, variant => Assert.True(variant.NeededFault is not { } name || Fault.Find(name).Name == name));

    [Theory]
    [InlineData("""{"matches":[{"program":{"id":"x","title":"freshword0123 r45","agency":"NTIS"}}]}""", 123, 45)]
    [InlineData("""{"matches":[{"program":{"title":"freshword0000 r0"}}]}""", 0, 0)]
    public void Title_says_what_an_answer_was_computed_from(string body, int word, int revision)
    {
        Assert.True(FreshnessWords.TryFind(Encoding.UTF8.GetBytes(body), out var foundWord, out var foundRevision));
        Assert.Equal((word, revision), (foundWord, foundRevision));
        Assert.Contains($"\"{FreshnessWords.TitleOf(word, revision)}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_without_a_title_says_nothing() => Assert.False(FreshnessWords.TryFind("""{"matches":[]}"""u8, out _, out _));
}
