using Connect.Benchmarks.Serving;

namespace Connect.Tests.Unit.Benchmarks;

/// <summary>Statistics of benchmarks.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 9.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 9 }, 3)]
    public void The_median_is_in_the_middle(double[] values, double expected) => Assert.Equal(expected, Distribution.Median(values));

    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(0.1, 1)]
    public void A_percentile_is_the_nearest_rank(double percent, double expected) =>
        Assert.Equal(expected, Distribution.Percentile([.. Enumerable.Range(1, 100).Select(value => (double)value)], percent));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Growth_is_the_exponent_of_the_power(double exponent)
    {
        (double, double)[] measured = [.. new[] { 1_000.0, 10_000, 100_000 }.Select(size => (size, 7 * Math.Pow(size, exponent)))];

        Assert.Equal(exponent, Distribution.GrowthExponent(measured), precision: 9);
    }

    [Fact]
    public void Growth_is_fitted_where_points_are_on_no_line() =>
        Assert.Equal(0.5, Distribution.GrowthExponent([(1, 1), (10, 1), (100, 10)]), precision: 9);

    [Fact]
    public void Nothing_measured_says_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => Distribution.Median([]));
        Assert.Throws<InvalidOperationException>(() => Distribution.Percentile([], 50));
        Assert.Throws<InvalidOperationException>(() => Distribution.GrowthExponent([(10, 1), (10, 2)]));
    }
}
