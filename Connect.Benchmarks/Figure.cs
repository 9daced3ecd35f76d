namespace Connect.Benchmarks;

/// <summary>Prints figures, one a line, so that scripts can read them.</summary>
internal static class Figure
{
    public static void Print(string name, double value) => Console.WriteLine(FormattableString.Invariant($"{name}: {value:0.####}"));

    /// <summary>Prints the median of a figure over rounds.</summary>
    public static void Print<T>(string name, IEnumerable<T> rounds, Func<T, double> valueOf) =>
        Print(name, Distribution.Median(rounds.Select(valueOf)));
}
