using System.Collections.Immutable;
using System.Net.Http.Headers;
using Connect.Benchmarks.Http.Comparison;
using Connect.Benchmarks.Http.Wrk;
using Connect.Benchmarks.Serving;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Http;

/// <summary>Processes of the API on one Postgres and one Redis, and their requests.</summary>
internal sealed class HttpSite(CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis)
{
    private const int Programs = 1_000;

    // More than the requests of a round, so that no organization is read twice after an eviction.
    private const int Organizations = 12_000;

    // Enough that no two concurrent requests share one computation.
    private const int InRedis = 1_000;

    private const int FillersAtOnce = 8;

    private const string MiddleOfTheList = "/api/programs?limit=20";

    private ImmutableArray<SeededOrganization> _organizations;
    private MeasuredInstance _connect = null!;

    /// <summary>Seeds and starts; returns the shapes, those that need an empty tier last.</summary>
    public async Task<IReadOnlyList<Shape>> StartAsync()
    {
        await SeededSite.MigrateAsync(postgres);
        await SeededSite.SeedProgramsAsync(postgres, Programs, TimeProvider.System.GetUtcNow());
        _organizations = await SeededSite.SeedOrganizationsAsync(postgres, redis, Organizations);
        _connect = await StartAsync(ComparedCache.Connect);
        var stock = await StartAsync(ComparedCache.Stock);
        var fusion = await StartAsync(ComparedCache.Fusion);
        var first = await StartAsync(ComparedCache.RedisOnly);
        var pastMemory = await StartAsync(ComparedCache.PastMemory);
        var one = _organizations[0];
        var tag = await FindTagAsync(one);
        return
        [
            new(Shape.Constant, _connect, [Post(ComparedRoutes.Constant, one)], Outcome: null),
            new(Shape.MatchesPost, _connect, [Generate(one)], "memory"),
            new(Shape.Stock, stock, [Generate(one)], Outcome: null),
            new(Shape.Fusion, fusion, [Generate(one)], Outcome: null),
            new(Shape.FirstPlatform, first, [Post(ComparedRoutes.FirstPlatformMatches, one)], Outcome: null),
            new(Shape.FirstPlatformAnswer, _connect, [Post(ComparedRoutes.FirstPlatformMatches, one)], Outcome: null),
            new(Shape.MatchesGet, _connect, [Get(one)], "memory"),
            new(Shape.NotModified, _connect, [Get(one, ("If-None-Match", tag))], "memory"),
            new(Shape.Programs, _connect, [Authorized("GET", MiddleOfTheList, one)], Outcome: null),
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
            using var evicted = await SendAsync(Post($"{ComparedRoutes.Evict}?tag={tag}", _organizations[0], isWhole: true));
        }
    }

    private async Task<MeasuredInstance> StartAsync(string cache)
    {
        var settings = ApiSettings.Of(postgres, redis);

        // As the API's own program is started.
        foreach (var (setting, value) in ApiSettings.Collector)
        {
            settings[setting] = value;
        }

        var instance = new MeasuredInstance(processes, cache, settings);
        await instance.StartAsync();
        return instance;
    }

    private async Task<string> FindTagAsync(SeededOrganization organization)
    {
        using var answer = await SendAsync(Get(organization));
        return answer.Headers.ETag!.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(WrkRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Headers.Authorization = AuthenticationHeaderValue.Parse(request.Headers["Authorization"]);
        var answer = await _connect.Http.SendAsync(message);
        return answer.EnsureSuccessStatusCode();
    }

    private static WrkRequest Generate(SeededOrganization organization) => Post("/api/matches/generate", organization);

    private static WrkRequest Post(string path, SeededOrganization organization, bool isWhole = false) =>
        Authorized("POST", isWhole ? path : $"{path}?organizationId={organization.Id}", organization);

    private static WrkRequest Get(SeededOrganization organization, params ReadOnlySpan<(string Name, string Value)> headers) =>
        Authorized("GET", $"/api/organizations/{organization.Id}/matches", organization, headers);

    private static WrkRequest Authorized(
        string method, string path, SeededOrganization organization, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var all = new Dictionary<string, string> { ["Authorization"] = $"Bearer {organization.Token}" };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        return new(method, path, all);
    }
}
