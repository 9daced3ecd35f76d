namespace Connect.Benchmarks.Serving;

/// <summary>Statistics of measurements.</summary>
internal static class Distribution
{
    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted is [] ? throw new InvalidOperationException("Nothing was measured.")
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Of ascending values the smallest that so many of a hundred do not exceed (nearest rank).</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static double Percentile(IReadOnlyList<double> sorted, double percent) => sorted.Count == 0
        ? throw new InvalidOperationException("Nothing was measured.")
        : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100) - 1)];

    /// <summary>
    /// The growth of cost with size: the slope of a straight line through the logarithms, by least squares. 1 means
    /// proportional, 0 constant.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are not two sizes.</exception>
    public static double GrowthExponent(IReadOnlyCollection<(double Size, double Cost)> measured)
    {
        var points = measured.Select(point => (X: Math.Log(point.Size), Y: Math.Log(point.Cost))).ToArray();
        if (points.DistinctBy(point => point.X).Count() < 2)
        {
            throw new InvalidOperationException("Growth needs two sizes at least.");
        }

        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
