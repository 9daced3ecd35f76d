using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Model;
using Connect.Data.Programs;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Faults;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>While Postgres cannot be reached: what is known goes on, marked; what is not known says so soon.</summary>
public sealed class DatabaseAwayTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_answers_go_on_marked_stale_and_recover_without_a_restart()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, Impatient());
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));

        gate.Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);
        var (value, trace) = await TestInstance.TraceAsync(async () => await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
        await writer.EvictAsync(ConnectTags.Programs);

        Assert.Equal(1, value);
        Assert.Equal(CacheOutcome.Stale, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);
        Assert.True(instance.State.HasSynced);

        gate.Open();
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified);
        Assert.Equal(3, await instance.ReadAsync("k", () => 3, ConnectTags.Programs));
    }

    [Fact]
    public async Task Unknown_answers_are_refused_soon()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, Impatient());
        gate.Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);

        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("k", () => 1, ConnectTags.Programs));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Silent_database_is_not_waited_for_longer_than_said()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, new() { Settings = { ["LeaseDuration"] = "00:05:00" } });
        Assert.Equal(1, await instance.ReadAsync("other", () => 1, ConnectTags.Programs));

        // The generations are known and verified; it is the computation's own query that meets the silence.
        gate.Hang();
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.Get<ProgramReader>().GetActiveAsync(CancellationToken));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Silence_is_waited_for_once_and_not_by_every_read()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, Impatient());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        gate.Hang();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);

        // The first to ask waits out the time-out; what it learned holds for those after it.
        Assert.Equal(1, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
        var started = Stopwatch.GetTimestamp();
        for (var read = 0; read < 100; read++)
        {
            Assert.Equal(1, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Known_members_are_not_refused_at_the_moment_of_the_databases_return()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, Impatient());
        var (organization, member) = await AddOrganizationAsync(database);

        // After reconnecting, the listener's session is not verified before the first poll, a few milliseconds later.
        for (var outage = 0; outage < 10; outage++)
        {
            await AssertKnownAsync();
            gate.Close();
            await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);

            // Reads are refused to ask for a fifth of a second after each attempt, and the listener tries as often: so at every
            // offset between the two.
            var closed = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(closed) < TimeSpan.FromMilliseconds(200 + (outage * 30)))
            {
                await AssertKnownAsync();
            }

            gate.Open();
            while (!instance.State.IsVerified)
            {
                await AssertKnownAsync();
            }
        }

        async Task AssertKnownAsync() => Assert.Contains(
            member, (await instance.Organizations.FindMembersAsync(organization, CancellationToken))!.UserIds);
    }

    [Fact]
    public async Task Overtaken_membership_does_not_authorize_but_an_overtaken_list_is_served()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        await using var instance = await TestInstance.StartAsync(application, through, Impatient());
        var (organization, member) = await AddOrganizationAsync(database);
        var other = await AddOrganizationAsync(database);
        Assert.Contains(member, (await instance.Organizations.FindMembersAsync(organization, CancellationToken))!.UserIds);
        Assert.NotNull(await instance.Organizations.FindMembersAsync(other.Organization, CancellationToken));
        await instance.Organizations.GetProfileAsync(organization, CancellationToken);

        // The instance hears of the eviction, and then has no way to learn the new members.
        await instance.EvictAsync(ConnectTags.Organization(organization));
        gate.Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(
            async () => await instance.Organizations.FindMembersAsync(organization, CancellationToken));
        Assert.NotNull(await instance.Organizations.FindMembersAsync(other.Organization, CancellationToken));
        Assert.NotNull(await instance.Organizations.GetProfileAsync(organization, CancellationToken));
    }

    [Fact]
    public async Task Stale_input_never_becomes_a_stored_value()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = GateTo(database, out var through);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, through, Impatient() with { Redis = redis });
        var (organization, _) = await AddOrganizationAsync(database);
        await instance.Get<MatchReader>().GetAsync(organization, CancellationToken);
        await TestInstance.EventuallyAsync(() => redis.Entries.Count >= 3);

        await instance.EvictAsync(ConnectTags.Matches);
        gate.Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);
        var known = redis.Entries.Keys.ToHashSet();

        // The ranking is asked for anew. Its inputs are known, as last good values; it must not be built of them.
        var (_, trace) = await TestInstance.TraceAsync(async () => await instance.Get<MatchReader>().GetAsync(organization, CancellationToken));

        Assert.Equal(CacheOutcome.Stale, trace.ReadOf(CacheLayers.Matches)?.Outcome);
        Assert.Equal(known, redis.Entries.Keys.ToHashSet());
    }

    [Fact]
    public async Task Older_computation_never_overwrites_a_stored_match()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var (organization, _) = await AddOrganizationAsync(database);
        await AddCallAsync(database);
        await instance.EvictAsync(ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organization));
        await instance.Get<MatchReader>().GetAsync(organization, CancellationToken);
        await using var context = database.CreateContext();
        await context.Matches.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.ProgramsGeneration, m => m.ProgramsGeneration + 1_000_000_000_000).SetProperty(m => m.Score, 1), CancellationToken);

        await instance.EvictAsync(ConnectTags.Matches);
        var results = await instance.Get<MatchReader>().GetAsync(organization, CancellationToken);

        Assert.NotEmpty(results.Ranking);
        Assert.All(await context.Matches.AsNoTracking().ToListAsync(CancellationToken), match => Assert.Equal(1, match.Score));
    }

    private static TestInstanceOptions Impatient() => new()
    {
        Settings = { ["PollInterval"] = "00:00:00.100", ["LeaseDuration"] = "00:00:00.500" },
    };

    private static TcpGate GateTo(TestDatabase database, out string through)
    {
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var gate = TcpGate.To(builder.Port);
        (builder.Host, builder.Port) = ("127.0.0.1", gate.Port);
        through = builder.ConnectionString;
        return gate;
    }

    private static async Task<(Guid Organization, Guid Member)> AddOrganizationAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        var organization = new Organization
        {
            Name = "시험",
            BusinessNumberEncrypted = "",
            BusinessNumberHash = Guid.NewGuid().ToString(),
            IndustrySector = Sector.Ict,
            ProfileCompleted = true,
            TechnologyReadinessLevel = 5,
        };
        var user = new User { Id = Guid.CreateVersion7(), OrganizationId = organization.Id };
        context.AddRange(organization, user);
        await context.SaveChangesAsync(CancellationToken);
        return (organization.Id, user.Id);
    }

    private static async Task AddCallAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        context.Programs.Add(new FundingProgram
        {
            Title = "인공지능 플랫폼 기술개발사업 신규과제 공고",
            AnnouncementUrl = "https://example.com/",
            Agency = Agency.IITP,
            IdentityKey = "1",
            Fingerprint = "1",
            Category = "ICT",
            BudgetAmount = 100_000_000,
            StatedMinTrl = 3,
            StatedMaxTrl = 7,
        }.Classified());
        await context.SaveChangesAsync(CancellationToken);
    }
}
