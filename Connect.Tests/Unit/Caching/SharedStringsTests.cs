using System.Buffers;
using System.Text;
using System.Text.Json;
using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Tests.Unit.Caching;

/// <summary>Words of cached values stand in memory once.</summary>
public sealed class SharedStringsTests
{
    private readonly JsonSerializerOptions _options = new(CachePayloads.Options) { Converters = { new SharedStrings() } };

    [Fact]
    public void What_two_payloads_say_alike_is_one_string()
    {
        var (first, second) = (Read(Write("https://example.com/1", "인공지능", "AI")), Read(Write("https://example.com/1", "AI", "반도체")));

        Assert.Same(first.AnnouncementUrl, second.AnnouncementUrl);
        Assert.Same(first.Title, second.Title);
        Assert.Same(first.Keywords[1], second.Keywords[0]);
    }

    [Fact]
    public void Every_text_is_read_as_it_was_written_whoever_had_its_place()
    {
        // More than there are places, so that many want the same one.
        string[] texts = [.. Enumerable.Range(0, 100_000).Select(number => $"제{number}차")];
        var payload = JsonSerializer.SerializeToUtf8Bytes(texts);

        Assert.Equal(texts, JsonSerializer.Deserialize<string[]>(payload, Plain()));
        Assert.Equal(texts, JsonSerializer.Deserialize<string[]>(payload, Plain()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with \"quotes\" and a \\ \n")]
    [InlineData("제1차 🚀")]
    public void Any_text_comes_back(string text)
    {
        Assert.Equal(text, Read(Write(text)).AnnouncementUrl);
        Assert.Equal(text, Read(Write(text)).AnnouncementUrl);
    }

    [Fact]
    public void Nothing_comes_back_as_nothing() => Assert.Null(Read(Write("https://example.com/1")).Category);

    [Fact]
    public void A_long_text_is_not_kept()
    {
        var text = new string('a', SharedStrings.MaxBytes + 1);

        Assert.Equal(text, Read(Write(text)).AnnouncementUrl);
        Assert.NotSame(Read(Write(text)).AnnouncementUrl, Read(Write(text)).AnnouncementUrl);
    }

    [Fact]
    public void A_text_in_two_pieces_is_read_whole()
    {
        var payload = Encoding.UTF8.GetBytes("\"인공지능\"");
        var first = new Piece(payload.AsMemory(0, 5), 0);
        var second = first.Append(payload.AsMemory(5));
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length));

        Assert.Equal("인공지능", JsonSerializer.Deserialize<string>(ref reader, Plain()));
    }

    private ActiveProgram Read(byte[] payload) => JsonSerializer.Deserialize<ActiveProgramList>(payload, _options)!.Programs[0];

    private static byte[] Write(string url, params string[] keywords) => JsonSerializer.SerializeToUtf8Bytes(
        new ActiveProgramList(
            [
                new(
                    Guid.CreateVersion7(), "2026년도 인공지능 기술개발사업 공고", Agency.NTIS, null, null, [.. keywords], [OrganizationType.Company],
                    null, null, null, null, IsUmbrella: false, ProgramTraits.Unknown, url),
            ],
            DateTimeOffset.UnixEpoch),
        CachePayloads.Options);

    // Of the converter alone: the cached types' resolver knows no bare arrays.
    private JsonSerializerOptions Plain() => new() { Converters = { _options.Converters[^1] } };

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
