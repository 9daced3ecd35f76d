using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Tests.Unit.Caching;

/// <summary>The same program in several payloads is one object, and a program that differs in anything is another.</summary>
public sealed class SharedProgramsTests
{
    private static readonly ActiveProgram[] Programs = [.. GeneratedPrograms.Programs(30)];

    [Fact]
    public void Same_program_in_two_rankings_is_one_object()
    {
        var (one, other) = (ReadRanking(Programs[..15]), ReadRanking(Programs[5..20]));

        for (var place = 0; place < 10; place++)
        {
            Assert.Same(one.Ranking[place + 5].Program, other.Ranking[place].Program);
        }

        Assert.Equivalent(Programs[..15], one.Ranking.Select(match => match.Program), strict: true);
        Assert.Equivalent(Programs[5..20], other.Ranking.Select(match => match.Program), strict: true);
    }

    [Fact]
    public void Same_program_in_list_and_ranking_is_one_object()
    {
        var list = Read(Write(new ActiveProgramList([.. Programs], GeneratedPrograms.Now)), new ActiveProgramList([], default));

        Assert.Same(list.Programs[3], ReadRanking(Programs[3..4]).Ranking[0].Program);
    }

    [Fact]
    public void Same_reason_in_two_rankings_is_one_object()
    {
        MatchReason[] reasons = [new("SECTOR_MATCH", ["ICT"]), new("SECTOR_MATCH", ["ENERGY"]), new("TRL_MATCH", ["5", "<3>"]), new("TRL_MATCH", [])];
        var (one, other) = (ReadRanking(Programs[..1], reasons), ReadRanking(Programs[1..2], [.. reasons.Reverse()]));

        Assert.Equivalent(reasons, one.Ranking[0].Reasons, strict: true);
        Assert.Equivalent(reasons.Reverse(), other.Ranking[0].Reasons, strict: true);
        Assert.All(Enumerable.Range(0, reasons.Length), place => Assert.Same(one.Ranking[0].Reasons[place], other.Ranking[0].Reasons[^(place + 1)]));
        Assert.NotSame(one.Ranking[0].Reasons[0], one.Ranking[0].Reasons[1]);
    }

    [Fact]
    public void Every_reason_is_read_as_it_was_written_whoever_had_its_place()
    {
        // More than there are places, and one that is too long for any.
        MatchReason[] reasons = [.. Enumerable.Range(0, 40_000).Select(number => new MatchReason("KEYWORD_MATCH", [$"{number}"])), new("LONG", [new string('긴', 300)])];

        foreach (var _ in (int[])[1, 2])
        {
            var read = ReadRanking(Programs[..1], reasons).Ranking[0].Reasons;
            Assert.Equal(reasons.Select(reason => reason.Details[0]), read.Select(reason => reason.Details[0]));
        }
    }

    [Fact]
    public void Program_that_differs_in_anything_is_another_object()
    {
        var program = Programs[0];
        ActiveProgram[] others =
        [
            program with { Title = program.Title + " " }, program with { BudgetAmount = 1 }, program with { Deadline = GeneratedPrograms.Now },
            program with { Keywords = ["다른"] }, program with { TargetTypes = [OrganizationType.Company, OrganizationType.ResearchInstitute] },
            program with { MinTrl = 9 }, program with { Traits = program.Traits with { Sectors = [] } }, program with { AnnouncementUrl = "https://example.com/x" },
        ];
        var kept = ReadRanking([program]).Ranking[0].Program;

        foreach (var other in others)
        {
            var read = ReadRanking([other]).Ranking[0].Program;

            Assert.NotSame(kept, read);
            Assert.Equivalent(other, read, strict: true);
        }
    }

    [Fact]
    public void Payload_in_pieces_is_read_as_one()
    {
        var bytes = Write(RankingOf(Programs[..3]));
        var (first, last) = (new Piece(bytes.AsMemory(0, bytes.Length / 3)), new Piece(bytes.AsMemory(bytes.Length / 3)));
        first.Append(last);

        var read = Read(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), RankingOf([]));

        Assert.Equivalent(Programs[..3], read.Ranking.Select(match => match.Program), strict: true);
        Assert.Same(ReadRanking(Programs[..3]).Ranking[1].Program, read.Ranking[1].Program);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"programs":[{"id":1}],"computedAt":"2026-01-01T00:00:00+00:00"}""")]
    [InlineData("""{"programs":[{"id":"01a20873-7da3-74de-a508-31b1efadb8b8","title":""")]
    public void Broken_payload_is_refused_and_spoils_nothing(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(json), new ActiveProgramList([], default)));

        Assert.Equivalent(Programs[..2], ReadRanking(Programs[..2]).Ranking.Select(match => match.Program), strict: true);
    }

    [Fact]
    public void Program_that_nobody_holds_is_forgotten()
    {
        var shared = new SharedPrograms((JsonTypeInfo<ActiveProgram>)CachePayloadsContext.Default.GetTypeInfo(typeof(ActiveProgram))!);
        var options = new JsonSerializerOptions(CachePayloadsContext.Default.Options)
        {
            TypeInfoResolver = CachePayloadsContext.Default,
            Converters = { shared },
        };
        var type = (JsonTypeInfo<ActiveProgramList>)options.GetTypeInfo(typeof(ActiveProgramList));
        for (var round = 0; round < 20; round++)
        {
            var programs = Enumerable.Range(0, 200).Select(number => Programs[0] with { Title = $"{round} {number}" });
            PayloadBytes.Read<ActiveProgramList>(
                JsonSerializer.SerializeToUtf8Bytes(new ActiveProgramList([.. programs], default), type), type);
            if (round % 4 == 3)
            {
                GC.Collect();
            }
        }

        Assert.InRange(shared.Count, 0, 2_048);
    }

    private static MatchResults RankingOf(IEnumerable<ActiveProgram> programs, params MatchReason[] reasons) => new(
        Guid.CreateVersion7(), OrganizationType.Company, ProfileCompleted: true,
        [.. programs.Select(program => new RankedMatch(program, new ScoreBreakdown(20, 20, 20, 10, 8), [.. reasons]))], "1", GeneratedPrograms.Now, null);

    private static MatchResults ReadRanking(IEnumerable<ActiveProgram> programs, params MatchReason[] reasons) =>
        Read(Write(RankingOf(programs, reasons)), RankingOf([]));

    private static IHybridCacheSerializer<T> SerializerOf<T>()
    {
        Assert.True(new CachePayloadSerializers().TryCreateSerializer<T>(out var serializer));
        return serializer;
    }

    private static byte[] Write<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SerializerOf<T>().Serialize(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static T Read<T>(byte[] bytes, T _) => SerializerOf<T>().Deserialize(new ReadOnlySequence<byte>(bytes));

    private static T Read<T>(ReadOnlySequence<byte> bytes, T _) => SerializerOf<T>().Deserialize(bytes);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public void Append(Piece next)
        {
            Next = next;
            next.RunningIndex = RunningIndex + Memory.Length;
        }
    }
}
