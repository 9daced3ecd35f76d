namespace Connect.Benchmarks.Scale;

/// <summary>
/// <c>scale</c>: the costs of a scrape, its warming, first requests, the steady state and memory with growing numbers
/// of programs and organizations, each size on servers and processes of its own. Fits the growth. Exit code 1: a target
/// is missed.
/// </summary>
internal static class ScaleCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "scale";

    public const string Usage = "scale [--largest 1000|10000|100000, default 100000 | --point <programs> <organizations>, of the same]";

    /// <summary>Measures and reports; returns the exit code, null for invalid arguments.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (ScalePlan.Parse(arguments) is not { } plan)
        {
            return null;
        }

        List<PointFigures> measured = [];
        foreach (var point in plan.Points)
        {
            var figures = await new PointRun(point).RunAsync();
            Console.WriteLine($"{point}: {string.Join(", ", figures.Named.Select(figure => FormattableString.Invariant($"{figure.Name} {figure.Value:0.##}")))}");
            measured.Add(figures);
        }

        var report = new ScaleReport(plan, measured);
        foreach (var missed in report.Missed())
        {
            Console.WriteLine($"Missed: {missed}.");
        }

        Figure.Print("processors", Environment.ProcessorCount);
        foreach (var (name, value) in report.Figures())
        {
            Figure.Print(name, value);
        }

        return report.Missed().IsEmpty ? 0 : 1;
    }
}
