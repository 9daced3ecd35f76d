namespace Connect.Benchmarks.Http.Wrk;

/// <summary>
/// What wrk saw: answers, connections and requests that broke, answers with a status from 400 on, and how many
/// microseconds 50, 95 and 99 of a hundred answers took at most.
/// </summary>
internal sealed record WrkResult(long Requests, TimeSpan Elapsed, long Broken, long Refused, double P50, double P95, double P99, double Max)
{
    private const int Numbers = 8;

    public double PerSecond => Requests / Elapsed.TotalSeconds;

    /// <summary>Reads what the script's end has printed.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public static WrkResult Parse(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(WrkScript.Mark + " ", StringComparison.Ordinal));
        var values = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(text => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture)).ToArray() ?? [];
        return values.Length == Numbers
            ? new(
                values[0], TimeSpan.FromMicroseconds(values[1]), values[2], values[3], values[4], values[5], values[6], values[7])
            : throw new FormatException($"wrk did not report:\n{output}");
    }
}
