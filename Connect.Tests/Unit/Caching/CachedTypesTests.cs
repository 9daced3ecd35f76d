using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Connect.Caching.Tiers;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Tests.Unit.Caching;

public sealed class CachedTypesTests
{
    // Above 2⁵³: what a double would round.
    private const long LargeBudget = 9_007_199_254_740_993;

    private static readonly DateTimeOffset Deadline = new(2026, 12, 31, 18, 0, 0, TimeSpan.FromHours(9));

    private static readonly ActiveProgram Program = new(
        Guid.Parse("01a20873-7da3-74de-a508-31b1efadb8b8"), "2026년도 <인공지능> 기술개발사업 ~ 공고 🚀", Agency.NTIS, "과학기술정보통신부", null,
        ["인공지능", "AI"], [OrganizationType.Company], 3, null, LargeBudget, Deadline, IsUmbrella: true,
        new(
            [new(Sector.Ict, ["인공지능"]), new(Sector.Culture, [])], SectorOrigin.Words, [Region.Busan], ProgramIntent.AppliedResearch,
            TrlConfidence.Inferred, new(BusinessStructure.Corporation, CompanyScale.MidSized, 7, IsDesignated: true)),
        "https://example.com/1");

    public static TheoryData<object> Values =>
    [
        new UserAccess(Guid.CreateVersion7(), true, Guid.CreateVersion7(), OrganizationRole.Editor, Deadline, [Guid.CreateVersion7(), Guid.CreateVersion7()]),
        new UserAccess(Guid.CreateVersion7(), false, null, null, null, []),
        new KeyAccess(Guid.CreateVersion7(), Guid.CreateVersion7(), null, ApiKeyScope.Write, "AQ==", Deadline, "Ag==", Deadline),
        new KeyAccess(Guid.CreateVersion7(), null, Guid.CreateVersion7(), ApiKeyScope.AdminRead, "AQ==", Deadline, null, null),
        new OrganizationProfile(Guid.CreateVersion7(), OrganizationType.ResearchInstitute, null, null, 4, true, 2, ["소재"], [], null, null, null, [], [], true),
        new OrganizationProfile(
            Guid.CreateVersion7(), OrganizationType.Company, Sector.Energy, 5, null, true, 0, [], ["수소"], BusinessStructure.SoleProprietor,
            CompanyScale.Startup, new DateOnly(2024, 2, 29), [Region.Jeju, Region.Seoul], [Sector.Defense], true),
        new ActiveProgramList([Program, Program with { Deadline = null, BudgetAmount = null, TargetTypes = [] }], Deadline),
        new ActiveProgramList([], Deadline),
        new ProgramListPage(
            [
                new ProgramRow(
                    Guid.CreateVersion7(), "공고", Agency.NTIS, ProgramKind.Notice, ProgramStatus.Upcoming, "환경부", "분류", [Sector.Energy, Sector.Ict],
                    9_007_199_254_740_993, Deadline.AddDays(-9), Deadline, "https://example.com"),
                new ProgramRow(
                    Guid.CreateVersion7(), "공고", Agency.IITP, ProgramKind.Call, ProgramStatus.Active, null, null, [], null, null, null, "https://example.com"),
            ],
            new ListPosition(ListPhase.Closed, 2, 9_007_199_254_740_993, Guid.CreateVersion7()),
            new ListFacets([new("NTIS", 2)], [], [new("Active", 1)], [new(null, 1)], [], []), Deadline, Deadline),
        new ProgramListPage([], null, null, Deadline, null),
        new MatchResults(
            Guid.CreateVersion7(), OrganizationType.Company, true,
            [new RankedMatch(Program, new ScoreBreakdown(20, 20, 20, 10, 8), [new MatchReason("SECTOR_MATCH", ["ICT"])])], "1.0", Deadline, Deadline),
        new MatchResults(Guid.CreateVersion7(), OrganizationType.Company, false, [], "1.0", Deadline, null),
        new MatchOwner(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()),
        new DismissedPrograms([.. new[] { Guid.CreateVersion7(), Guid.NewGuid() }.Order()]),
        DismissedPrograms.None,
        new ExternalUser(Guid.CreateVersion7()),
        new ExplainedMatch(
            Guid.CreateVersion7(), ExplanationLanguage.En, new ScoreBreakdown(20, 20, 20, 10, 8), "첫 문단 <b>\n\nSecond.", "m", "0f", Deadline, Deadline),
        new ExplainedMatch(Guid.CreateVersion7(), ExplanationLanguage.Ko, new ScoreBreakdown(0, 0, 0, 0, 0), "글", "m", "0f", Deadline, null),
    ];

    public static TheoryData<Type> Types => [.. CachePayloads.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Cached_type_is_sealed_and_declared_immutable(Type type)
    {
        // Anything else is deserialized again on every hit in memory.
        Assert.True(type.IsSealed);
        Assert.True(type.GetCustomAttribute<ImmutableObjectAttribute>()?.Immutable);
    }

    [Fact]
    public void Every_cached_type_has_a_round_trip() =>
        Assert.Equal(CachePayloads.Types.ToHashSet(), Values.Select(row => row.Data.GetType()).ToHashSet());

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_comes_back_as_it_was(object value)
    {
        var written = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), CachePayloads.Options);
        var read = JsonSerializer.Deserialize(written, value.GetType(), CachePayloads.ReadOptions)!;

        Assert.Equivalent(value, read, strict: true);
        Assert.Equal(written, JsonSerializer.SerializeToUtf8Bytes(read, value.GetType(), CachePayloads.Options));
    }

    [Fact]
    public void Korean_is_written_as_it_is()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Assert.True(SerializersOf(services, maximumPayloadBytes: 10_000).TryCreateSerializer<ActiveProgramList>(out var serializer));

        serializer.Serialize(new ActiveProgramList([Program], Deadline), buffer);

        Assert.Contains("인공지능", Encoding.UTF8.GetString(buffer.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void List_of_100_000_programs_is_half_of_what_may_be_cached()
    {
        const int Programs = 10_000;
        var list = new ActiveProgramList(GeneratedPrograms.Programs(Programs), Deadline);

        var bytes = JsonSerializer.SerializeToUtf8Bytes(list, CachePayloads.Options).Length;

        Assert.InRange(bytes * (100_000L / Programs), 1, new CacheOptions().MaximumPayloadBytes / 2);
    }

    [Fact]
    public void Payload_that_another_version_wrote_is_told_apart_from_a_failure()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        Assert.True(SerializersOf(services, maximumPayloadBytes: 10_000).TryCreateSerializer<UserAccess>(out var serializer));

        Assert.Throws<UndeserializablePayloadException>(() => serializer.Deserialize(new ReadOnlySequence<byte>("{\"endedSessions\":7}"u8.ToArray())));
    }

    [Fact]
    public void Value_that_is_too_large_for_Redis_is_counted()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var refused = new MetricCollector<long>(meters, CacheTelemetry.MeterName, CacheTelemetry.Instruments.PayloadsRefused);
        var factory = SerializersOf(services, maximumPayloadBytes: 10);
        Assert.True(factory.TryCreateSerializer<ActiveProgramList>(out var serializer));

        Assert.Throws<RefusedPayloadException<ActiveProgramList>>(() =>
            serializer.Serialize(new ActiveProgramList([Program], Deadline), new ArrayBufferWriter<byte>()));

        var counted = Assert.Single(refused.ReadCounted());
        Assert.Equal((1, nameof(ActiveProgramList)), (counted.Value, counted.Tags["type"]));
    }

    [Fact]
    public void Schema_version_is_short_and_stable()
    {
        Assert.Matches("^[0-9a-f]{8}$", CachePayloads.SchemaVersion);
    }

    private static PayloadSerializers SerializersOf(IServiceProvider services, int maximumPayloadBytes) => new(
        services, new CachePayloadSerializers(), new(services.GetRequiredService<IMeterFactory>(), new(CacheLayers.All), new(EvictionReasons.Known)), maximumPayloadBytes);
}
