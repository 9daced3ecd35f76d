using System.Globalization;
using System.Text;
using Connect.Benchmarks.Freshness.Load;
using Connect.Caching.Layers;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>The headers of an answer.</summary>
/// <param name="Outcome">The tier that the ranking came from.</param>
/// <param name="Queries">Commands sent to the database for it, the storing of a ranking included.</param>
/// <param name="GenerationQueries">Queries for generations that the instance had not loaded.</param>
internal readonly record struct CheckAnswer(CacheOutcome Outcome, int Queries, int GenerationQueries)
{
    private const int QuotedLength = 600;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="InvalidOperationException">It is an error, or a header is missing.</exception>
    public static CheckAnswer Read(ReadOnlySpan<byte> answer)
    {
        EnsureOk(answer);
        var cache = RawConnection.ValueOf(answer, "\r\nX-Cache: "u8);
        var outcome = cache.SequenceEqual("memory"u8) ? CacheOutcome.Memory
            : cache.SequenceEqual("redis"u8) ? CacheOutcome.Redis
            : cache.SequenceEqual("miss"u8) ? CacheOutcome.Miss
            : throw Unexpected(answer);
        var timing = RawConnection.ValueOf(answer, "\r\nServer-Timing: "u8);
        return new(outcome, NumberOf(timing, "db;desc=\""u8), NumberOf(timing, "generations;desc=\""u8));
    }

    /// <summary>Throws where the answer is an error.</summary>
    /// <exception cref="InvalidOperationException">It is one.</exception>
    public static void EnsureOk(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("HTTP/1.1 200 "u8))
        {
            throw Unexpected(answer);
        }
    }

    private static int NumberOf(ReadOnlySpan<byte> timing, ReadOnlySpan<byte> name)
    {
        var start = timing.IndexOf(name);
        var rest = start < 0 ? [] : timing[(start + name.Length)..];
        return int.Parse(rest[..Math.Max(0, rest.IndexOf((byte)'"'))], CultureInfo.InvariantCulture);
    }

    private static InvalidOperationException Unexpected(ReadOnlySpan<byte> answer) =>
        new($"An unexpected answer: {Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, QuotedLength)])}");
}
