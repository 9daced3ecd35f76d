using Connect.Benchmarks;
using Connect.Benchmarks.Scale;

namespace Connect.Tests.Unit.Benchmarks.Scale;

/// <summary>Which sizes a run measures.</summary>
public sealed class ScalePlanTests
{
    [Fact]
    public void Everything_is_measured_once_and_the_smallest_first()
    {
        var plan = ScalePlan.Parse(new());

        Assert.Equal(
            [
                new(1_000, 1_000), new(10_000, 1_000), new(1_000, 10_000), new(10_000, 10_000), new(100_000, 1_000),
                new ScalePoint(1_000, 100_000),
            ],
            plan.Points);
        Assert.All(plan.Programs, point => Assert.Equal(1_000, point.Organizations));
        Assert.All(plan.Organizations, point => Assert.Equal(1_000, point.Programs));
    }

    [Theory]
    [InlineData("1000", 1)]
    [InlineData("10000", 4)]
    [InlineData("100000", 6)]
    public void A_shorter_run_ends_at_a_smaller_size(string largest, int points) =>
        Assert.Equal(points, ScalePlan.Parse(new("--largest", largest)).Points.Length);

    [Fact]
    public void One_size_can_be_asked_for_alone()
    {
        var plan = ScalePlan.Parse(new("--point", "10000", "1000"));

        Assert.Equal(new ScalePoint(10_000, 1_000), Assert.Single(plan.Points));
        Assert.Empty(plan.Programs);
    }

    [Theory]
    [InlineData("--largest")]
    [InlineData("--largest", "0")]
    [InlineData("--largest", "2000")]
    [InlineData("--largest", "-1000")]
    [InlineData("--largest", "1000", "1000")]
    [InlineData("--point", "1000")]
    [InlineData("--point", "1000", "5")]
    [InlineData("1000")]
    public void Anything_else_is_refused(params string[] arguments) => Assert.Throws<UsageException>(() => ScalePlan.Parse(new(arguments)));

    [Fact]
    public void Redis_has_room_for_two_generations_of_every_size()
    {
        // As measured: 12 KB for each ranking with its overhead, 2 KB for each call.
        Assert.All(ScalePlan.Parse(new()).Points, point =>
            Assert.True(point.RedisMebibytes * 1024 > 2 * ((12 * point.Organizations) + (2 * point.Programs)), point.ToString()));
    }
}
