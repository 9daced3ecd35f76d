using System.Text;

namespace Connect.Benchmarks.Http.Wrk;

/// <summary>The script for wrk: its requests, and the figures at the end.</summary>
internal static class WrkScript
{
    /// <summary>Begins the line that <see cref="WrkResult"/> reads.</summary>
    public const string Mark = "measured";

    private const string Report = """
        function done(summary, latency, requests)
            local e = summary.errors
            io.write(string.format("measured %d %d %d %d %d %d %d %d\n",
                summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout, e.status,
                latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
        end

        """;

    /// <summary>
    /// A script of one repeated request, which wrk sends without calling Lua, or of several in turns.
    /// </summary>
    public static string Of(IReadOnlyList<WrkRequest> requests) => requests is [var only] ? OfOne(only) + Report : OfMany(requests) + Report;

    private static string OfOne(WrkRequest request) =>
        $"wrk.method = {Quote(request.Method)}\nwrk.path = {Quote(request.Path)}\n"
        + string.Concat(request.Headers.Select(header => $"wrk.headers[{Quote(header.Key)}] = {Quote(header.Value)}\n"));

    private static string OfMany(IReadOnlyList<WrkRequest> requests)
    {
        var script = new StringBuilder("local prepared = {}\nlocal turn = 0\nfunction init(args)\n    wrk.headers[\"Host\"] = wrk.host .. \":\" .. wrk.port\n");

        // Lua allows no more than 65,536 constants in a function: the requests come from a table that is filled in pieces.
        script.Append("    for _, piece in ipairs(pieces) do piece() end\nend\npieces = {}\n");
        foreach (var piece in requests.Chunk(1_000))
        {
            script.Append("pieces[#pieces + 1] = function()\n");
            foreach (var request in piece)
            {
                var headers = string.Join(", ", request.Headers.Select(header => $"[{Quote(header.Key)}] = {Quote(header.Value)}"));
                script.Append(CultureInfo.InvariantCulture, $"    prepared[#prepared + 1] = wrk.format(");
                script.Append(CultureInfo.InvariantCulture, $"{Quote(request.Method)}, {Quote(request.Path)}, {{ {headers} }}, nil)\n");
            }

            script.Append("end\n");
        }

        return script.Append("function request()\n    turn = turn % #prepared + 1\n    return prepared[turn]\nend\n").ToString();
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>A request without a body.</summary>
internal sealed record WrkRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers);
