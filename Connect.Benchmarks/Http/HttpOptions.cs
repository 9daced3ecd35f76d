namespace Connect.Benchmarks.Http;

/// <summary>How long to measure, and with how many connections.</summary>
internal sealed record HttpOptions(int Rounds, int Seconds, IReadOnlyList<int> Connections, IReadOnlyList<string> Shapes)
{
    public const string Usage =
        "http [--rounds 1..50, default 7] [--seconds 1..60, default 2] [--connections 1..1024, default all of 1, 32 and 256] "
        + "[--shapes NAME,NAME, default all]";

    private static readonly int[] All = [1, 32, 256];

    public static HttpOptions Parse(Arguments arguments)
    {
        var options = new HttpOptions(
            arguments.Count("--rounds", 1, 50) ?? 7,
            arguments.Count("--seconds", 1, 60) ?? 2,
            arguments.Count("--connections", 1, 1024) is { } connections ? [connections] : All,
            arguments.Text("--shapes")?.Split(',') ?? Shape.Names);
        arguments.End();
        return options.Shapes.Except(Shape.Names).FirstOrDefault() is { } unknown
            ? throw new UsageException($"There is no shape '{unknown}'.")
            : options;
    }
}
