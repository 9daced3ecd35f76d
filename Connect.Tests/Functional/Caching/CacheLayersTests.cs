using System.Diagnostics.Metrics;
using System.Text;
using Connect.Caching.Diagnostics;
using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Tests.Functional.Caching;

/// <summary>Connect's own layers: which one decides about access, what an absent value costs, and how a large one is stored.</summary>
public sealed class CacheLayersTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public void Users_and_keys_decide_about_access() => Assert.Equal([CacheLayers.Access, CacheLayers.Keys], CacheLayers.All.Where(layer => layer.Authorizes));

    [Fact]
    public async Task Series_of_Connects_evictions_and_types_are_there_before_anything_is_counted()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        Assert.Superset(
            new HashSet<string>(["org changed", "programs scrape", "matches expired"]),
            Series(instance, CacheTelemetry.Instruments.Evictions, "tag", "reason"));
        Assert.Contains(nameof(MatchResults), Series(instance, CacheTelemetry.Instruments.PayloadsRefused, "type"));
    }

    [Fact]
    public async Task Probing_an_unknown_user_costs_one_query_and_nothing_in_Redis()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var unknown = Guid.CreateVersion7();

        var (first, firstTrace) = await TestInstance.TraceAsync(async () => await instance.Access.FindUserAsync(unknown, CancellationToken));
        var (second, secondTrace) = await TestInstance.TraceAsync(async () => await instance.Access.FindUserAsync(unknown, CancellationToken));

        Assert.Null(first);
        Assert.Null(second);
        Assert.Equal((1, 0), (firstTrace.Queries, secondTrace.Queries));
        Assert.Empty(redis.Entries);
    }

    [Fact]
    public async Task Large_list_reaches_Redis_in_Korean()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var call = new ActiveProgram(
            Guid.CreateVersion7(), "해양 바이오 소재 기술개발사업 신규지원 대상과제 공고", Agency.KIMST, "해양수산부", null, ["해양", "바이오"],
            [OrganizationType.Company], 3, 6, 300_000_000, TimeProvider.System.GetUtcNow(), IsUmbrella: false,
            ProgramTraits.Unknown, "https://example.com/");
        var list = new ActiveProgramList([.. Enumerable.Repeat(call, 20_000)], TimeProvider.System.GetUtcNow());

        await instance.Cache.GetOrCreateAsync(CacheLayers.Programs(), list, (value, _) => new ValueTask<ActiveProgramList>(value), CancellationToken);

        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);
        var (key, payload) = redis.Entries.Single();
        Assert.StartsWith($"connect:{CachePayloads.SchemaVersion}:programs:active:list@", key, StringComparison.Ordinal);
        Assert.True(payload.Length > 5_000_000);
        Assert.True(payload.AsSpan().IndexOf(Encoding.UTF8.GetBytes("해양 바이오")) > 0);
    }

    private static HashSet<string> Series(TestInstance instance, string name, params string[] dimensions)
    {
        using var collector = new MetricCollector<long>(instance.Get<IMeterFactory>(), CacheTelemetry.MeterName, name);
        return [.. collector.ReadSeries().Select(measurement => string.Join(' ', dimensions.Select(dimension => measurement.Tags[dimension])))];
    }
}
