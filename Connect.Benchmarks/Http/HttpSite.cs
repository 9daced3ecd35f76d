using Connect.Benchmarks.Http.Comparison;
using Connect.Benchmarks.Http.Wrk;

namespace Connect.Benchmarks.Http;

/// <summary>Processes of the API on one Postgres and one Redis, and everything that is asked of them.</summary>
internal sealed class HttpSite(CheckedServers servers)
{
    private const int Programs = 1_000;

    // More than the requests of a round, so that no organization is read twice after an eviction.
    private const int Organizations = 12_000;

    // Enough that no two concurrent requests share one computation.
    private const int InRedis = 1_000;

    private const int FillersAtOnce = 8;

    private const string FirstPage = "/api/programs?limit=20";

    private ImmutableArray<SeededOrganization> _organizations;
    private ServerProcess _connect = null!;

    /// <summary>Seeds and starts; returns the shapes, those that need an empty tier last.</summary>
    public async Task<IReadOnlyList<Shape>> StartAsync()
    {
        _organizations = await SeededSite.SeedAsync(servers, Programs, Organizations);
        _connect = await StartAsync(ComparedCache.Connect);
        var stock = await StartAsync(ComparedCache.Stock);
        var fusion = await StartAsync(ComparedCache.Fusion);
        var first = await StartAsync(ComparedCache.RedisOnly);
        var pastMemory = await StartAsync(ComparedCache.PastMemory);
        var one = _organizations[0];
        var key = one with { Token = await SeededSite.MakeKeyAsync(servers, one) };
        using var answer = await SendAsync(Get(one));
        var tag = answer.Headers.ETag!.ToString();
        return
        [
            new(Shape.Constant, _connect, [Post(ComparedRoutes.Constant, one)], Outcome: null),
            new(Shape.MatchesPost, _connect, [Generate(one)], "memory"),
            new(Shape.ConstantKey, _connect, [Post(ComparedRoutes.Constant, key)], Outcome: null),
            new(Shape.MatchesKey, _connect, [Generate(key)], "memory"),
            new(Shape.Stock, stock, [Generate(one)], Outcome: null),
            new(Shape.Fusion, fusion, [Generate(one)], Outcome: null),
            new(Shape.FirstPlatform, first, [Post(ComparedRoutes.FirstPlatformMatches, one)], Outcome: null),
            new(Shape.FirstPlatformAnswer, _connect, [Post(ComparedRoutes.FirstPlatformMatches, one)], Outcome: null),
            new(Shape.MatchesGet, _connect, [Get(one)], "memory"),
            new(Shape.NotModified, _connect, [Get(one, tag)], "memory"),
            new(Shape.Programs, _connect, [Request("GET", FirstPage, one)], "memory") { Layer = "program-lists" },

            // The same page with a condition that all programs meet, which is not cached: the route before first pages were.
            new(Shape.ProgramsQueried, _connect, [Request("GET", $"{FirstPage}&deadlineFrom=2000-01-01", one)], Outcome: null),
            new(Shape.Redis, pastMemory, [.. _organizations[..InRedis].Select(Generate)], "redis") { IsFilled = true },
            new(Shape.Miss, _connect, [.. _organizations.Select(Generate)], "miss") { Evicted = "matches" },
        ];
    }

    /// <summary>Fills the tiers that a shape reads.</summary>
    public Task FillAsync(Shape shape) => shape.IsFilled
        ? Parallel.ForEachAsync(
            shape.Requests, new ParallelOptions { MaxDegreeOfParallelism = FillersAtOnce },
            async (request, _) => (await SendAsync(request)).Dispose())
        : Task.CompletedTask;

    /// <summary>Evicts the tag of a shape.</summary>
    public async Task EvictAsync(Shape shape)
    {
        if (shape.Evicted is { } tag)
        {
            using var evicted = await SendAsync(Request("POST", $"{ComparedRoutes.Evict}?tag={tag}", _organizations[0]));
        }
    }

    private async Task<ServerProcess> StartAsync(string cache)
    {
        var instance = new ServerProcess(
            servers.Processes, cache, typeof(MeasuredInstance), ApiSettings.Of(servers, ApiSettings.Collector));
        await instance.StartAsync(default, MeasuredInstance.Verb, cache);
        return instance;
    }

    private async Task<HttpResponseMessage> SendAsync(WrkRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Headers.Add("Authorization", request.Headers["Authorization"]);
        var answer = await _connect.Http.SendAsync(message);
        return answer.EnsureSuccessStatusCode();
    }

    private static WrkRequest Generate(SeededOrganization organization) => Post("/api/matches/generate", organization);

    private static WrkRequest Post(string path, SeededOrganization organization) =>
        Request("POST", $"{path}?organizationId={organization.Id}", organization);

    private static WrkRequest Get(SeededOrganization organization, string? tag = null) =>
        Request("GET", $"/api/organizations/{organization.Id}/matches", organization, tag);

    private static WrkRequest Request(string method, string path, SeededOrganization organization, string? tag = null)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {organization.Token}" };
        if (tag is not null)
        {
            headers["If-None-Match"] = tag;
        }

        return new(method, path, headers);
    }
}
