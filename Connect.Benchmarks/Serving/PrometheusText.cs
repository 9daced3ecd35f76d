namespace Connect.Benchmarks.Serving;

/// <summary>The answer of an instance at <c>/metrics</c>.</summary>
internal sealed class PrometheusText(string text)
{
    private readonly string[] _lines = text.Split('\n');

    public static async Task<PrometheusText> OfAsync(ServerProcess server) => new(await server.Http.GetStringAsync("/metrics"));

    /// <summary>The sum of all series of a name with all of these labels; 0 where there is none.</summary>
    /// <param name="name">As exported.</param>
    /// <param name="labels">As exported, such as <c>layer="matches"</c>.</param>
    public double Sum(string name, params string[] labels) => _lines
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name} ", StringComparison.Ordinal))
        .Where(line => Array.TrueForAll(labels, label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => ValueIn(line[name.Length..]));

    // Behind the labels; the time of the reading may follow.
    private static double ValueIn(string series) =>
        double.Parse(series[(series.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
}
