using Connect.Benchmarks.Freshness.Instances;

namespace Connect.Benchmarks.Freshness;

/// <summary>The servers, the worker, which owns the migrations, and the stored data, which several checks can share.</summary>
internal sealed class CheckedSystem : IAsyncDisposable
{
    private const int SignUpsAtOnce = 4;

    private readonly FreshnessOptions _options;
    private readonly CheckedServers _servers;

    private CheckedSystem(FreshnessOptions options, CheckedServers servers)
    {
        (_options, _servers) = (options, servers);
        Worker = CreateInstance(FreshnessInstance.Worker, index: -1, options);
    }

    public CheckedPostgres Postgres => _servers.Postgres;

    public CheckedRedis Redis => _servers.Redis;

    public InstanceProcess Worker { get; }

    public IReadOnlyList<SeededOrganization> Organizations { get; private set; } = [];

    /// <summary>An organization of which no instance has anything in its cache.</summary>
    public SeededOrganization? Unread { get; private set; }

    public static async Task<CheckedSystem> StartAsync(FreshnessOptions options, CancellationToken cancellationToken)
    {
        var servers = await CheckedServers.StartAsync(isDurable: false, cancellationToken: cancellationToken);
        try
        {
            var system = new CheckedSystem(options, servers);
            await system.Worker.StartAsync(TimeSpan.Zero, cancellationToken);
            return system;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Describes an instance of this system; it is not started.</summary>
    public InstanceProcess CreateInstance(string role, int index, FreshnessOptions options)
    {
        var poll = TimeSpan.FromSeconds(Math.Min(2, options.LeaseDuration.TotalSeconds / 2.5));
        var settings = new Dictionary<string, string?>
        {
            // It asks more often than any caller may.
            ["RateLimits__Enabled"] = "false",
            ["Schedule__ScrapeWhenEmpty"] = "false",
            ["Cache__LeaseDuration"] = options.LeaseDuration.ToString("c", CultureInfo.InvariantCulture),
            ["Cache__PollInterval"] = poll.ToString("c", CultureInfo.InvariantCulture),

            // As many processes as in production, on a much smaller machine.
            ["DOTNET_gcServer"] = "0",

            // Short runs end before tiered PGO pays off.
            ["DOTNET_TieredPGO"] = options.Quick ? "0" : "1",
        };
        return new(_servers, role, index, options.Variant, ApiSettings.Of(_servers, [.. settings, .. options.Variant.Settings]));
    }

    /// <summary>Stores programs and organizations, once.</summary>
    public async Task SeedAsync(IReadOnlyList<InstanceProcess> instances, CancellationToken cancellationToken)
    {
        if (Organizations.Count > 0)
        {
            return;
        }

        using var seeded = await Worker.Http.PostAsync($"/freshness/seed?count={_options.Programs}", content: null, cancellationToken);
        seeded.EnsureSuccessStatusCode();
        var all = new SeededOrganization[_options.Organizations + 1];
        await Parallel.ForAsync(
            0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = SignUpsAtOnce, CancellationToken = cancellationToken },
            async (place, token) => all[place] = await SignUp.RegisterAsync(
                instances[place % instances.Count].Http,
                $"member-{place}@example.com",
                new
                {
                    type = "COMPANY",
                    name = "시험 회사",
                    businessNumber = SeededSite.NumberOf(place).ToString(),
                    technologyReadinessLevel = 5,
                    rdExperience = true,
                    keyTechnologies = new[] { FreshnessWords.WordOf(0) },
                },
                token));
        (Organizations, Unread) = (all[..^1], all[^1]);
    }

    /// <summary>The word of an organization, by Postgres; with or without a change that is under way.</summary>
    public async Task<int> WordOfAsync(Guid organizationId, bool wait)
    {
        var words = await Postgres.QueryAsync(
            $"select key_technologies[1] from organizations where id = $1 {(wait ? "for update" : "")}",
            row => row.GetString(0), organizationId);
        return int.Parse(words.Single()[^4..], CultureInfo.InvariantCulture);
    }

    /// <summary>The revision that a word's program has, by Postgres.</summary>
    public async Task<int> RevisionOfAsync(int word) => RevisionIn((await Postgres.QueryAsync(
        "select title from programs where identity_key = $1 for update", row => row.GetString(0), FreshnessWords.WordOf(word))).Single());

    public async Task<IReadOnlyList<int>> RevisionsAsync() =>
        await Postgres.QueryAsync("select title from programs order by identity_key", row => RevisionIn(row.GetString(0)));

    public async ValueTask DisposeAsync()
    {
        await Worker.StopAsync();
        await _servers.DisposeAsync();
    }

    private static int RevisionIn(string title) =>
        int.Parse(title[(title.LastIndexOf('r') + 1)..], CultureInfo.InvariantCulture);
}
