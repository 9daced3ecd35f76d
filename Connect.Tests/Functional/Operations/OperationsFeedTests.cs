using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Instances;
using Connect.Data.Model;
using Connect.Data.Operations;
using Connect.Domain.Programs;
using Connect.Testing.Faults;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.Tests.Functional.Operations;

/// <summary>The data of the operations page.</summary>
public sealed class OperationsFeedTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_shows_all_instances_their_history_evictions_runs_and_changes()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var worker = await StartAsync(database, "worker");
        await using var api = await StartAsync(database, "api");
        var run = await AddRunAsync(database);
        await api.ReadAsync("a", () => 1, ConnectTags.Programs);
        await worker.Transaction.ExecuteAsync(
            (context, _) =>
            {
                context.EvictTags("scrape", run.Id, ConnectTags.Programs, ConnectTags.Matches);
                return Task.CompletedTask;
            },
            CancellationToken);
        await api.Get<InstanceFlusher>().FlushAsync(CancellationToken);
        await worker.Get<InstanceFlusher>().FlushAsync(CancellationToken);

        var view = await api.Get<OperationsFeed>().ReadAsync(CancellationToken);

        Assert.True(view.IsComplete);
        Assert.Equal(["api", "worker"], view.Instances.Select(instance => instance.Role));
        Assert.All(view.Instances, instance => Assert.True(instance.Totals.Memory!.LimitBytes > 0));
        Assert.Equal(1, view.History.Sum(minute => minute.Miss));
        var eviction = Assert.Single(view.Evictions);
        Assert.Equal(["matches", "programs"], eviction.Tags);
        Assert.Equal(("scrape", run.Id, Agency.IITP), (eviction.Reason, eviction.ScrapeRunId, eviction.Agency));
        Assert.Equal(run.Id, Assert.Single(view.Scrapes).Id);
        Assert.Equal(
            [("<script>alert(1)</script> 공고", ProgramChangeKind.Changed), ("<script>alert(1)</script> 공고", (ProgramChangeKind?)null)],
            view.Changes.Select(change => (change.Title, change.Kind)));
    }

    [Fact]
    public async Task Open_programs_of_unknown_kind_are_to_be_checked()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        FundingProgram Add(string title, ProgramStatus status)
        {
            var program = new FundingProgram { Title = title, Status = status, AnnouncementUrl = "https://example.com", IdentityKey = title, Fingerprint = title };
            context.Add(program.Classified());
            return program;
        }

        var (unsure, _, _) = (Add("푸른 바다 한마당", ProgramStatus.Active), Add("지난 바다 한마당", ProgramStatus.Expired), Add("2026년 바다 신규과제 공모", ProgramStatus.Active));
        await context.SaveChangesAsync(CancellationToken);
        await using var api = await StartAsync(database, "api");

        var view = await api.Get<OperationsFeed>().ReadAsync(CancellationToken);

        Assert.Equal((unsure.Id, unsure.Title), Assert.Single(view.Unsure.Select(program => (program.ProgramId, program.Title))));
    }

    [Fact]
    public async Task Suspicious_run_has_what_its_page_was_held_against_and_boards_their_evidence()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var context = database.CreateContext();
        var (suspicious, without) = (NewRun(), NewRun());
        LayoutFinding finding = new("Table:Headings", "공고명", "제목", IsThere: false);
        context.AddRange(suspicious, without, new Board { Agency = Agency.KEIT, ListEvidence = EvidenceBasis.SavedPage });
        context.Add(new ScrapePage { RunId = suspicious.Id, Reason = Suspicion.LayoutLost, Address = "/list", Text = "long", Findings = [finding] });
        await context.SaveChangesAsync(CancellationToken);
        await using var api = await StartAsync(database, "api");

        var view = await api.Get<OperationsFeed>().ReadAsync(CancellationToken);

        var page = Assert.Single(view.Pages);
        Assert.Equal((suspicious.Id, Suspicion.LayoutLost, "/list"), (page.RunId, page.Reason, page.Address));
        Assert.Equal([finding], page.Findings);
        Assert.Equal((Agency.KEIT, EvidenceBasis.SavedPage), Assert.Single(view.Boards.Select(board => (board.Agency, board.ListEvidence))));

        static ScrapeRun NewRun() => new() { Agency = Agency.KEIT, Trigger = ScrapeTrigger.Schedule, Status = ScrapeStatus.Suspicious, RequestedAt = DateTimeOffset.UnixEpoch };
    }

    [Fact]
    public async Task Evictions_of_single_organizations_do_not_push_the_others_out()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var api = await StartAsync(database, "api");
        await api.EvictAsync(ConnectTags.Programs);
        await using (var context = database.CreateContext())
        {
            context.CacheEvictions.AddRange(Enumerable.Range(0, 60).Select(_ => new CacheEviction
            {
                At = DateTimeOffset.UnixEpoch,
                Tags = [ConnectTags.Organization(Guid.CreateVersion7())],
                Reason = "profile-changed",
            }));
            await context.SaveChangesAsync(CancellationToken);
        }

        var view = await api.Get<OperationsFeed>().ReadAsync(CancellationToken);

        Assert.Equal(10, view.Evictions.Count(eviction => eviction.Tags[0].StartsWith("org:", StringComparison.Ordinal)));
        Assert.Equal(["programs"], view.Evictions[^1].Tags);
    }

    [Fact]
    public async Task Last_view_stands_and_says_so_while_the_database_cannot_be_asked()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var gate = TcpGate.To(direct.Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = gate.Port };
        await using var api = await StartAsync(database, "api", TimeSpan.FromMilliseconds(250), through.ConnectionString);
        await api.EvictAsync(ConnectTags.Programs);
        var feed = api.Get<OperationsFeed>();
        var before = await feed.ReadAsync(CancellationToken);

        gate.Close();
        OperationsView after;
        do
        {
            after = await feed.ReadAsync(CancellationToken);
        }
        while (after.IsComplete && !CancellationToken.IsCancellationRequested);

        Assert.Equal(before.Evictions, after.Evictions);
        Assert.Equal(before.ReadAt, after.ReadAt);
    }

    [Fact]
    public async Task However_many_watch_the_database_is_read_once_an_interval()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var api = await StartAsync(database, "api", TimeSpan.FromMinutes(1));
        var feed = api.Get<OperationsFeed>();

        var views = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => feed.ReadAsync(CancellationToken)));

        Assert.Single(views.Distinct(ReferenceEqualityComparer.Instance));
    }

    private static async Task<ScrapeRun> AddRunAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var run = new ScrapeRun { Agency = Agency.IITP, Trigger = ScrapeTrigger.Schedule, Status = ScrapeStatus.Succeeded, RequestedAt = DateTimeOffset.UnixEpoch };
        var program = new FundingProgram
        {
            Agency = Agency.IITP,
            Title = "<script>alert(1)</script> 공고",
            AnnouncementUrl = "https://board.test/1",
            IdentityKey = "key",
            Fingerprint = "",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        context.ScrapeRuns.Add(run);
        context.Programs.Add(program);
        await context.SaveChangesAsync(CancellationToken);
        context.ProgramChanges.Add(new()
        {
            ProgramId = program.Id,
            RunId = run.Id,
            Kind = ProgramChangeKind.Changed,
            ChangedAt = DateTimeOffset.UnixEpoch.AddDays(1),
        });
        await context.SaveChangesAsync(CancellationToken);
        return run;
    }

    // They flush when the test does.
    private Task<TestInstance> StartAsync(TestDatabase database, string role, TimeSpan? interval = null, string? through = null) =>
        TestInstance.StartAsync(application, through ?? database.ConnectionString, new()
        {
            Redis = new RecordingCache(),
            Host = builder =>
            {
                builder.Services.AddCacheInstance(role).AddOperationsFeed();
                builder.Services.Configure<InstanceOptions>(options =>
                    (options.FlushInterval, options.LiveWithin) = (TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60)));
                builder.Services.Configure<OperationsOptions>(options => options.Interval = interval ?? options.Interval);
            },
        });
}
