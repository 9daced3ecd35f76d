using Connect.Caching.Layers;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>The headers of an answer.</summary>
/// <param name="Outcome">The tier that the ranking came from.</param>
/// <param name="Queries">Commands sent to the database for it, the storing of a ranking included.</param>
/// <param name="GenerationQueries">Queries for generations that the instance had not loaded.</param>
internal readonly record struct CheckAnswer(CacheOutcome Outcome, int Queries, int GenerationQueries)
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="InvalidOperationException">It is none that a working system gives.</exception>
    public static CheckAnswer Read(RawAnswer answer)
    {
        EnsureOk(answer);
        var timing = answer.ValueOf("\r\nServer-Timing: "u8);
        return answer.Outcome is { } outcome and not CacheOutcome.Stale
            ? new(outcome, NumberOf(timing, "db;desc=\""u8), NumberOf(timing, "generations;desc=\""u8))
            : throw Unexpected(answer);
    }

    /// <summary>Throws where the answer is an error.</summary>
    /// <exception cref="InvalidOperationException">It is one.</exception>
    public static void EnsureOk(RawAnswer answer)
    {
        if (answer.Status != 200)
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

    private static InvalidOperationException Unexpected(RawAnswer answer) => new($"An unexpected answer: {answer}");
}
