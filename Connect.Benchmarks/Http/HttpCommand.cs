using Connect.Benchmarks.Http.Wrk;

namespace Connect.Benchmarks.Http;

/// <summary>
/// <c>http</c>: the match route compared with a constant body behind the same pipeline, and with other caches.
/// Real processes, Postgres and Redis, load from a process of its own; the shapes take turns, and every ratio is that of
/// two rounds that follow each other. Prints one <c>name: value</c> a line, last. Takes about nine minutes.
/// </summary>
internal static class HttpCommand
{
    // Enough for all that is computed in a run: what Redis drops is a miss.
    private const int RedisMebibytes = 4_096;

    // Rounds until the runtime has compiled the hot methods at its highest tier.
    private const int WarmUps = 4;
    private const int WarmUpConnections = 32;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = HttpOptions.Parse(arguments);
        var program = WrkTool.Find();
        await using var servers = await CheckedServers.StartAsync(isDurable: false, redisMebibytes: RedisMebibytes);
        var wrk = new WrkTool(program, servers.Processes.Folder.Subfolder("wrk"));
        var site = new HttpSite(servers);
        List<(Shape Shape, string Script)> shapes = [];
        foreach (var shape in (await site.StartAsync()).Where(shape => options.Shapes.Contains(shape.Name)))
        {
            shapes.Add((shape, await wrk.PrepareAsync(shape.Requests)));
        }

        await WarmUpAsync(wrk, site, shapes, options);
        var report = new HttpReport();
        foreach (var connections in options.Connections)
        {
            // Shapes that fill or empty a tier come after those that need it filled.
            await MeasureAsync(wrk, site, [.. shapes.Where(shape => shape.Shape.Requests.Count == 1)], connections, options, report);
            foreach (var shape in shapes.Where(shape => shape.Shape.Requests.Count > 1))
            {
                await site.FillAsync(shape.Shape);
                await MeasureAsync(wrk, site, [shape], connections, options, report);
            }
        }

        return report.Print() ? 0 : 1;
    }

    private static async Task WarmUpAsync(WrkTool wrk, HttpSite site, List<(Shape Shape, string Script)> shapes, HttpOptions options)
    {
        // Runs every shape once: a miss stores the value in Redis for the shapes that read it there.
        foreach (var (shape, script) in Enumerable.Repeat(shapes, WarmUps).SelectMany(all => all).Where(shape => shape.Shape.Requests.Count == 1))
        {
            await wrk.RunAsync(shape.Instance.Address, script, WarmUpConnections, options.Seconds);
        }

        foreach (var (shape, script) in shapes.Where(shape => shape.Shape.Requests.Count > 1))
        {
            await site.FillAsync(shape);
            await site.EvictAsync(shape);
            await wrk.RunAsync(shape.Instance.Address, script, WarmUpConnections, options.Seconds * WarmUps);
        }
    }

    private static async Task MeasureAsync(
        WrkTool wrk, HttpSite site, IReadOnlyList<(Shape Shape, string Script)> shapes, int connections, HttpOptions options, HttpReport report)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            // The first shape alternates, so a drift in speed affects all shapes alike.
            foreach (var (shape, script) in round % 2 == 0 ? shapes : shapes.Reverse())
            {
                await site.EvictAsync(shape);
                var measured = await Round.RunAsync(wrk, shape, script, connections, options.Seconds);
                Console.WriteLine($"{connections,4} connections  {shape.Name,-14} {measured}");
                report.Add(shape.Name, connections, measured);
            }
        }
    }
}
