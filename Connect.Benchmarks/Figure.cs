using System.Globalization;

namespace Connect.Benchmarks;

/// <summary>Prints figures, one a line, so that scripts can read them.</summary>
internal static class Figure
{
    public static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.####}"));
}
