using System.Text.Json.Nodes;
using Connect.Benchmarks.Http;
using Connect.Benchmarks.Http.Comparison;
using Connect.Testing.Data;
using Npgsql;

namespace Connect.Benchmarks.Lists;

/// <summary>
/// <c>lists</c>: searches, deep pages and exports of many programs, over HTTP from a process of its own, one request at a time. Three in five
/// programs are closed, as on a portal some years old. Prints one <c>name: value</c> a line, last.
/// </summary>
internal static class ListsCommand
{
    public const string Usage = "lists [--programs N]";

    private const int Queries = 500;

    // Until the code of the ways that a search goes is compiled as it stays.
    private const int WarmupQueries = 600;
    private const int Warmups = 100;
    private const int PageSize = 20;
    private const int DeepPage = 5_000;
    private const int Rounds = 101;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var programs = arguments.Count("--programs", 1_000, 1_000_000) ?? DeepPage * PageSize;
        arguments.End();
        await using var servers = await CheckedServers.StartAsync(isDurable: false);
        var user = (await SeededSite.SeedAsync(servers, programs, organizations: 1))[0];
        await CloseAsync(servers);
        var api = new ServerProcess(servers.Processes, "lists", typeof(MeasuredInstance), ApiSettings.Of(servers, ApiSettings.Collector));
        await api.StartAsync(default, MeasuredInstance.Verb, ComparedCache.Connect);

        await SearchAsync(api, user, programs);
        foreach (var order in (string[])["sort=deadline", "sort=published", "sort=amount", "q=%EA%B8%B0%EC%88%A0%EA%B0%9C%EB%B0%9C"])
        {
            await TurnPagesAsync(api, user, order);
        }

        foreach (var format in (string[])["CSV", "XLSX"])
        {
            await Export.MeasureAsync(api, user, format);
        }

        return 0;
    }

    private static async Task CloseAsync(CheckedServers servers)
    {
        await using var source = NpgsqlDataSource.Create(servers.Postgres.ConnectionString);
        await using var close = source.CreateCommand(
            """
            update programs set status = 'Expired', deadline = deadline - interval '400 days' where abs(hashtext(id::text)) % 5 < 3;
            """);
        close.CommandTimeout = 0;
        await close.ExecuteNonQueryAsync();
        await using var vacuum = source.CreateCommand("vacuum analyze programs");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
    }

    // Two words of a title each.
    private static async Task SearchAsync(ServerProcess api, SeededOrganization user, int programs)
    {
        var random = new Random(7_919);
        List<double> times = [];
        for (var query = -WarmupQueries; query < Queries; query++)
        {
            string[] words = [.. GeneratedPrograms.Announcement(random.Next(programs)).Title.Split(' ').Where(word => word.Length > 1).Distinct()];
            random.Shuffle(words);
            var time = await TimeAsync(api, user, $"/api/programs?limit={PageSize}&q={Uri.EscapeDataString(string.Join(' ', words.Take(2)))}");
            if (query >= 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        foreach (var percent in (double[])[50, 95, 99])
        {
            Figure.Print($"search_two_words_p{percent}_ms", Distribution.Percentile(times, percent));
        }
    }

    // The second page and a deep one in turn: the first one is cached, where it can be.
    private static async Task TurnPagesAsync(ServerProcess api, SeededOrganization user, string order)
    {
        var list = $"/api/programs?{order}";
        var second = await CursorAsync(api, user, $"{list}&limit={PageSize}");
        string? deep = null;
        var depth = 0;
        while (depth < DeepPage - 2)
        {
            const int Stride = 100 / PageSize;
            if (await CursorAsync(api, user, $"{list}&limit=100{(deep is null ? "" : $"&cursor={deep}")}") is not { } next)
            {
                break;
            }

            (deep, depth) = (next, depth + Stride);
        }

        List<double> seconds = [], deeps = [];
        for (var round = -Warmups; round < Rounds; round++)
        {
            var (shallow, far) = (
                await TimeAsync(api, user, $"{list}&limit={PageSize}&cursor={second}"), await TimeAsync(api, user, $"{list}&limit={PageSize}&cursor={deep}"));
            if (round >= 0)
            {
                seconds.Add(shallow);
                deeps.Add(far);
            }
        }

        var name = order.StartsWith("q=", StringComparison.Ordinal) ? "relevance" : order["sort=".Length..];
        Figure.Print($"{name}_page_2_ms", Distribution.Median(seconds));
        Figure.Print($"{name}_page_{depth + 1}_ms", Distribution.Median(deeps));
        Figure.Print($"{name}_deep_to_second", Distribution.Median(deeps) / Distribution.Median(seconds));
    }

    private static async Task<string?> CursorAsync(ServerProcess api, SeededOrganization user, string path)
    {
        using var request = user.Signed(HttpMethod.Get, path);
        using var answer = (await api.Http.SendAsync(request)).EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["nextCursor"]?.GetValue<string>();
    }

    private static async Task<double> TimeAsync(ServerProcess api, SeededOrganization user, string path)
    {
        using var request = user.Signed(HttpMethod.Get, path);
        var started = Stopwatch.GetTimestamp();
        using var answer = (await api.Http.SendAsync(request)).EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
