using Connect.Caching;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Startup;
using Connect.ScraperWorker.Warming;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Functional.Warming;

/// <summary>A worker that warms and readers, on one database and one second tier of the test's own.</summary>
internal sealed class WarmingHarness : IAsyncDisposable
{
    private readonly RunningApplication _application;
    private readonly List<TestInstance> _instances = [];

    private WarmingHarness(RunningApplication application, TestDatabase database) => (_application, Database) = (application, database);

    public TestDatabase Database { get; }

    public RecordingCache Redis { get; } = new();

    public TimeProvider Time { get; private init; } = TimeProvider.System;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static async Task<WarmingHarness> CreateAsync(RunningApplication application, TimeProvider? time = null) =>
        new(application, await TestDatabase.CreateAsync(application)) { Time = time ?? TimeProvider.System };

    /// <summary>
    /// An instance that warms on request of the test or, once <see cref="DatabaseReady"/> is set, from the queue.
    /// </summary>
    public Task<TestInstance> StartWorkerAsync(Action<WarmingOptions>? configure = null, IDistributedCache? redis = null) => StartAsync(
        redis ?? Redis,
        services =>
        {
            services.AddSingleton<DatabaseReady>();
            services.AddWarming();
            services.Configure<WarmingOptions>(options =>
            {
                (options.PollInterval, options.RetryDelay) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
                configure?.Invoke(options);
            });
        });

    public Task<TestInstance> StartReaderAsync(IDistributedCache? redis = null) => StartAsync(redis ?? Redis, services: null);

    /// <summary>An organization with a complete profile that was active some time ago.</summary>
    public async Task<Guid> AddOrganizationAsync(int minutesAgo = 0, Action<Organization>? change = null)
    {
        var id = Guid.CreateVersion7();
        var organization = new Organization
        {
            Id = id,
            Name = "시험 회사",
            BusinessNumberEncrypted = "",
            BusinessNumberHash = id.ToString(),
            IndustrySector = Sector.Ict,
            KeyTechnologies = ["인공지능"],
            ProfileCompleted = true,
        };
        change?.Invoke(organization);
        await using var context = Database.CreateContext();
        context.Organizations.Add(organization);
        context.OrganizationActivity.Add(new() { OrganizationId = id, LastActiveAt = Time.GetUtcNow().AddMinutes(-minutesAgo).ToUniversalTime() });
        await context.SaveChangesAsync(CancellationToken);
        return id;
    }

    public async Task AddProgramAsync(string title, DateTimeOffset? deadline = null)
    {
        await using var context = Database.CreateContext();
        context.Programs.Add(ProgramOf(title, deadline));
        await context.SaveChangesAsync(CancellationToken);
    }

    public static FundingProgram ProgramOf(string title, DateTimeOffset? deadline = null) => new FundingProgram
    {
        Title = title,
        Agency = Agency.IITP,
        Status = ProgramStatus.Active,
        Category = "ICT",
        Keywords = ["인공지능"],
        BudgetAmount = 100_000_000,
        Deadline = deadline?.ToUniversalTime(),
        AnnouncementUrl = "https://example.com/",
        IdentityKey = Guid.NewGuid().ToString("N"),
        Fingerprint = "",
    }.Classified();

    /// <summary>Changes an organization as the API does: with its eviction.</summary>
    public static Task ChangeAsync(TestInstance instance, Guid organizationId, Action<Organization> change) => instance.Transaction.ExecuteAsync(
        async (context, token) =>
        {
            change(await context.Organizations.SingleAsync(organization => organization.Id == organizationId, token));
            context.EvictTags("profile-changed", ConnectTags.Organization(organizationId));
        },
        CancellationToken);

    /// <summary>Reads as a caller does.</summary>
    public static Task<(MatchResults Value, CacheTrace Trace)> ReadAsync(TestInstance instance, Guid organizationId) =>
        TestInstance.TraceAsync(async () => await instance.Get<MatchReader>().GetAsync(organizationId, CancellationToken));

    public static CacheOutcome? OutcomeOf(CacheTrace trace) => trace.ReadOf(CacheLayers.Matches)?.Outcome;

    /// <summary>Begins a pass and loads one batch of some organizations.</summary>
    public async Task<(WarmingSet Set, WarmingBatch Batch)> LoadAsync(TestInstance worker, params Guid[] organizations)
    {
        var warmer = worker.Get<MatchWarmer>();
        var set = await warmer.BeginAsync(new WarmingScope(null, Time.GetUtcNow().AddDays(-30), 100), CancellationToken);
        return (set, await warmer.LoadAsync(set, organizations, CancellationToken));
    }

    public async Task<Guid> RequestAsync(WarmingTrigger trigger = WarmingTrigger.Administrator)
    {
        await using var context = Database.CreateContext();
        return await context.RequestWarmingAsync(trigger, Time.GetUtcNow(), CancellationToken);
    }

    /// <summary>Carries out the next warming here and now.</summary>
    public async Task<CacheWarming> RunNextAsync(TestInstance worker)
    {
        Guid id;
        await using (var lease = await WarmingLease.TryTakeAsync(worker.Get<PrimaryDatabase>().CreateUnpooled("test"), CancellationToken))
        {
            var queued = await lease!.NextAsync(Time.GetUtcNow(), new WarmingOptions { Debounce = TimeSpan.Zero }, CancellationToken);
            await worker.Get<WarmingRunner>().RunAsync(lease, queued!, CancellationToken);
            id = queued!.Id;
        }

        return await FindAsync(id);
    }

    public async Task<CacheWarming> FindAsync(Guid id)
    {
        await using var context = Database.CreateContext();
        return await context.CacheWarmings.SingleAsync(warming => warming.Id == id, CancellationToken);
    }

    public async Task<CacheWarming> AwaitEndAsync(Guid id)
    {
        await TestInstance.EventuallyAsync(async () => (await FindAsync(id)).CompletedAt is not null);
        return await FindAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private async Task<TestInstance> StartAsync(IDistributedCache redis, Action<IServiceCollection>? services)
    {
        var instance = await TestInstance.StartAsync(_application, Database.ConnectionString, new()
        {
            Redis = redis,
            Time = Time,
            Host = builder => services?.Invoke(builder.Services),
            Settings = { ["LeaseDuration"] = "00:05:00", ["RedisTimeout"] = "00:00:05" },
        });
        _instances.Add(instance);
        return instance;
    }
}
