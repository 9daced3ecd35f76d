using Connect.Benchmarks;

namespace Connect.Tests.Unit.Benchmarks;

/// <summary>What commands read from their command lines.</summary>
public sealed class ArgumentsTests
{
    [Fact]
    public void Words_are_taken_once()
    {
        var arguments = new Arguments("--export", "3", "--rounds", "7", "--minutes", "2.5");

        Assert.Equal((7, 2.5), (arguments.Count("--rounds", 1, 50), arguments.Number("--minutes", 0.1, 10)));
        Assert.True(arguments.Has("--export"));
        Assert.False(arguments.Has("--export"));
        Assert.Null(arguments.Text("--rounds"));
        Assert.Equal(3, arguments.NextCount("pairs", 1, 100));
        Assert.Null(arguments.NextCount("pairs", 1, 100));
        arguments.End();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("21")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void Other_numbers_are_refused(string text)
    {
        Assert.Throws<UsageException>(() => new Arguments(text).NextCount("runs", 1, 20));
        Assert.Throws<UsageException>(() => new Arguments("--runs", text).Count("--runs", 1, 20));
    }

    [Fact]
    public void Option_without_a_value_is_refused() => Assert.Throws<UsageException>(() => new Arguments("--runs").Text("--runs"));

    [Fact]
    public void Words_that_are_left_over_are_refused() => Assert.Throws<UsageException>(new Arguments("3").End);
}
