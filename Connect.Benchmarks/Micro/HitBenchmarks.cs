using BenchmarkDotNet.Attributes;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Micro;

/// <summary>
/// A hit in memory: the same key with the same two tags and the same value, an organization's ranking of fifteen
/// programs, in Connect's cache, the stock one and FusionCache's adapter.
/// </summary>
[MemoryDiagnoser]
public class HitBenchmarks
{
    private const string Key = "benchmark:org:01a20873-7da3-74de-a508-31b1efadb8b8:results";

    private static readonly string[] Tags = [ConnectTags.Programs, ConnectTags.Matches];

    private static readonly HybridCacheEntryOptions Memory = new()
    {
        Expiration = TimeSpan.FromHours(1),
        LocalCacheExpiration = TimeSpan.FromHours(1),
    };

    private static readonly ProgramTraits Traits = ProgramTraits.Unknown with
    {
        Sectors = [new(Sector.Ict, ["인공지능"]), new(Sector.Manufacturing, ["반도체"])],
        SectorOrigin = SectorOrigin.Words,
        TrlConfidence = TrlConfidence.Explicit,
    };

    private static readonly MatchResults Value = MakeValue();

    private CheckedServers _servers = null!;
    private ComparedCaches _caches = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _servers = await CheckedServers.StartAsync(isDurable: false);
        await SeededSite.MigrateAsync(_servers.Postgres);
        _caches = await ComparedCaches.StartAsync(_servers);
        foreach (var cache in (HybridCache[])[_caches.Connect, _caches.Stock, _caches.Fusion])
        {
            await ReadAsync(cache, Memory);
        }
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _caches.DisposeAsync();
        await _servers.DisposeAsync();
    }

    [Benchmark]
    public ValueTask<MatchResults> MemoryHitConnect() => ReadAsync(_caches.Connect, Memory);

    [Benchmark]
    public ValueTask<MatchResults> MemoryHitStock() => ReadAsync(_caches.Stock, Memory);

    [Benchmark]
    public ValueTask<MatchResults> MemoryHitFusion() => ReadAsync(_caches.Fusion, Memory);

    internal static ValueTask<MatchResults> ReadAsync(HybridCache cache, HybridCacheEntryOptions options) =>
        cache.GetOrCreateAsync(Key, 0, static (_, _) => new ValueTask<MatchResults>(Value), options, Tags, CancellationToken.None);

    private static MatchResults MakeValue()
    {
        var deadline = TimeProvider.System.GetUtcNow().AddDays(30);
        return new(
            Guid.CreateVersion7(), OrganizationType.Company, ProfileCompleted: true,
            [
                .. Enumerable.Range(0, MatchResults.MaxRanking).Select(number => new RankedMatch(
                    new ActiveProgram(
                        Guid.CreateVersion7(), $"차세대 인공지능 반도체 기술개발사업 {number}차 신규지원 대상과제 공고", Agency.IITP,
                        "과학기술정보통신부", "ICT", ["인공지능", "반도체", "플랫폼"], [OrganizationType.Company], 3, 7, 300_000_000, deadline,
                        IsUmbrella: false, Traits, $"https://example.com/announcements/{number}"),
                    new ScoreBreakdown(23, 20, 20, 10, 8),
                    [new MatchReason("SECTOR_MATCH", ["ICT"]), new MatchReason("TRL_PERFECT_MATCH", ["5", "3", "7"])])),
            ],
            MatchingAlgorithm.Version, TimeProvider.System.GetUtcNow(), deadline);
    }
}
