using System.Globalization;

namespace Connect.Benchmarks;

/// <summary>A figure of a benchmark, one a line, so that they can be read by programs.</summary>
internal static class Figure
{
    public static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.####}"));
}
