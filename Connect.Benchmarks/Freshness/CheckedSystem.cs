using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Freshness;

/// <summary>The servers, the worker, which owns the migrations, and the stored data, which several checks can share.</summary>
internal sealed class CheckedSystem : IAsyncDisposable
{
    private const string Password = "Passw0rd!-1";
    private const int SignUpsAtOnce = 4;

    private readonly FreshnessOptions _options;
    private List<CheckedOrganization> _organizations = [];

    private CheckedSystem(FreshnessOptions options, CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis)
    {
        (_options, Processes, Postgres, Redis) = (options, processes, postgres, redis);
        Worker = CreateInstance(FreshnessInstance.Worker, index: -1, options);
    }

    public CheckerProcesses Processes { get; }

    public CheckedPostgres Postgres { get; }

    public CheckedRedis Redis { get; }

    public InstanceProcess Worker { get; }

    /// <summary>The organizations that are read and changed.</summary>
    public IReadOnlyList<CheckedOrganization> Organizations => _organizations;

    /// <summary>An organization that no instance has cached.</summary>
    public CheckedOrganization? Unread { get; private set; }

    /// <summary>Starts servers and worker.</summary>
    public static async Task<CheckedSystem> StartAsync(FreshnessOptions options, CancellationToken cancellationToken)
    {
        var processes = new CheckerProcesses();
        try
        {
            var redis = await CheckedRedis.StartNewAsync(processes, cancellationToken);
            var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: false, cancellationToken);
            var system = new CheckedSystem(options, processes, postgres, redis);
            await system.Worker.StartAsync(TimeSpan.Zero, cancellationToken);
            return system;
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Describes an instance of this system; it is not started.</summary>
    public InstanceProcess CreateInstance(string role, int index, FreshnessOptions options) => new(
        Processes, role, index, options.Variant,
        new Dictionary<string, string?>(options.Variant.Settings)
        {
            ["ConnectionStrings__connectdb"] = Postgres.ConnectionString,
            ["ConnectionStrings__cache"] = Redis.Configuration,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "None",
            ["Schedule__ScrapeWhenEmpty"] = "false",
            ["Cache__LeaseDuration"] = options.Variant.Settings.GetValueOrDefault("Cache__LeaseDuration") ?? options.LeaseDuration.ToString("c", CultureInfo.InvariantCulture),
            ["Cache__PollInterval"] = options.Variant.Settings.GetValueOrDefault("Cache__PollInterval")
                ?? TimeSpan.FromSeconds(Math.Min(2, options.LeaseDuration.TotalSeconds / 2.5)).ToString("c", CultureInfo.InvariantCulture),

            // As many processes as in production, on a much smaller machine.
            ["DOTNET_gcServer"] = "0",

            // Short runs end before tiered PGO pays off.
            ["DOTNET_TieredPGO"] = options.Quick ? "0" : "1",
        });

    /// <summary>Stores programs and organizations, once.</summary>
    public async Task SeedAsync(IReadOnlyList<InstanceProcess> instances, CancellationToken cancellationToken)
    {
        if (_organizations.Count > 0)
        {
            return;
        }

        using var seeded = await Worker.Http.PostAsync(
            string.Create(CultureInfo.InvariantCulture, $"/freshness/seed?count={_options.Programs}"), content: null, cancellationToken);
        seeded.EnsureSuccessStatusCode();
        using var atOnce = new SemaphoreSlim(SignUpsAtOnce);
        var all = await Task.WhenAll(Enumerable.Range(0, _options.Organizations + 1).Select(async place =>
        {
            await atOnce.WaitAsync(cancellationToken);
            try
            {
                return await SignUpAsync(instances[place % instances.Count].Http, place, cancellationToken);
            }
            finally
            {
                atOnce.Release();
            }
        }));
        _organizations = [.. all[..^1]];
        Unread = all[^1];
    }

    /// <summary>The word of an organization in Postgres.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="wait">Whether to wait for a transaction that is changing it.</param>
    public async Task<int> WordOfAsync(Guid organizationId, bool wait)
    {
        await using var command = Postgres.Driver.CreateCommand(
            $"select key_technologies[1] from organizations where id = $1 {(wait ? "for update" : "")}");
        command.Parameters.Add(new() { Value = organizationId });
        return NumberIn((string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>The revision of a word's program in Postgres.</summary>
    public async Task<int> RevisionOfAsync(int word)
    {
        await using var command = Postgres.Driver.CreateCommand("select title from programs where identity_key = $1 for update");
        command.Parameters.Add(new() { Value = FreshnessWords.WordOf(word) });
        return RevisionIn((string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>The revisions of all programs in Postgres.</summary>
    public async Task<int[]> RevisionsAsync(CancellationToken cancellationToken)
    {
        await using var command = Postgres.Driver.CreateCommand("select title from programs order by identity_key");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<int> revisions = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            revisions.Add(RevisionIn(reader.GetString(0)));
        }

        return [.. revisions];
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.StopAsync();
        await Postgres.DisposeAsync();
        await Redis.DisposeAsync();
        await Processes.DisposeAsync();
    }

    /// <summary>Registers a user and that user's organization.</summary>
    internal static async Task<CheckedOrganization> SignUpAsync(HttpClient http, int place, CancellationToken cancellationToken)
    {
        var email = $"member-{place}@example.com";
        using var registered = await http.PostAsJsonAsync("/auth/register", new { email, password = Password }, cancellationToken);
        registered.EnsureSuccessStatusCode();
        using var signedIn = await http.PostAsJsonAsync("/auth/login", new { email, password = Password }, cancellationToken);
        signedIn.EnsureSuccessStatusCode();
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["accessToken"]!.GetValue<string>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organizations");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(new
        {
            type = "COMPANY",
            name = "시험 회사",
            businessNumber = string.Create(CultureInfo.InvariantCulture, $"{place / 10_000 + 100:000}-{place / 100 % 100:00}-{place % 100_000:00000}"),
            technologyReadinessLevel = 5,
            rdExperience = true,
            keyTechnologies = new[] { FreshnessWords.WordOf(0) },
        });
        using var created = await http.SendAsync(request, cancellationToken);
        created.EnsureSuccessStatusCode();
        var id = (await created.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["id"]!.GetValue<Guid>();
        return new CheckedOrganization(id, token);
    }

    private static int NumberIn(string word) => int.Parse(word[^4..], CultureInfo.InvariantCulture);

    private static int RevisionIn(string title) =>
        int.Parse(title[(title.LastIndexOf('r') + 1)..], CultureInfo.InvariantCulture);
}
