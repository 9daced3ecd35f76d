namespace Connect.Benchmarks.Scale;

/// <summary>
/// <c>scale</c>: the costs of a scrape, its warming, first requests, the steady state and memory with growing numbers
/// of programs and organizations, each size on servers and processes of its own. Fits the growth. Exit code 1: a target
/// is missed.
/// </summary>
internal static class ScaleCommand
{
    public const string Usage = "scale [--largest 1000|10000|100000, default 100000 | --point <programs> <organizations>, of the same]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var plan = ScalePlan.Parse(arguments);
        List<PointFigures> measured = [];
        foreach (var point in plan.Points)
        {
            var figures = await new PointRun(point).RunAsync();
            Console.WriteLine($"{point}: {string.Join(", ", figures.Named.Select(figure => $"{figure.Key} {figure.Value:0.##}"))}");
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
