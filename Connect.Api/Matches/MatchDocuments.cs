using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;

namespace Connect.Api.Matches;

/// <summary>
/// Keeps the JSON of cached rankings, so that a hit is not serialized again. Documents are attached to the ranking
/// object: when the cache drops it, they go with it, and need no eviction. They are kept from the second read on: most
/// rankings are read once before they change, and the cache's memory limit does not count documents.
/// </summary>
internal sealed class MatchDocuments
{
    private static readonly int LanguageCount = Enum.GetValues<ExplanationLanguage>().Length;

    // The documents of a ranking, by language; empty until its second read.
    private readonly ConditionalWeakTable<MatchResults, MatchDocument?[]> _known = [];

    // The same for organizations that have dismissed programs, each with the set that it leaves out. The cache gives the same object
    // until the set is evicted, so that comparing references is enough.
    private readonly ConditionalWeakTable<MatchResults, Shortened?[]> _shortened = [];

    /// <summary>The document of a ranking without dismissed programs, in a language, as it is at a moment.</summary>
    public MatchDocument Get(MatchResults results, DismissedPrograms dismissed, ExplanationLanguage language, DateTimeOffset now)
    {
        if (dismissed.ProgramIds.IsEmpty)
        {
            return Get(results, language, now);
        }

        if (!_shortened.TryGetValue(results, out var documents))
        {
            _shortened.TryAdd(results, new Shortened?[LanguageCount]);
            return Shorten(results, dismissed, language, now);
        }

        ref var slot = ref documents[(int)language];
        if (Volatile.Read(ref slot) is { } known && ReferenceEquals(known.Dismissed, dismissed) && known.Document.IsOf(now))
        {
            return known.Document;
        }

        var document = Shorten(results, dismissed, language, now);
        Volatile.Write(ref slot, new(dismissed, document));
        return document;
    }

    /// <summary>The document of a ranking in a language, as it is at a moment.</summary>
    public MatchDocument Get(MatchResults results, ExplanationLanguage language, DateTimeOffset now)
    {
        if (!_known.TryGetValue(results, out var documents))
        {
            _known.TryAdd(results, new MatchDocument?[LanguageCount]);
            return new MatchDocument(results, language, now);
        }

        ref var slot = ref documents[(int)language];
        if (Volatile.Read(ref slot) is { } known && known.IsOf(now))
        {
            return known;
        }

        // A ranking's name contains the day, and a passed deadline makes the cache compute it again. So a document is
        // replaced only if a last good ranking is served while the primary database is away.
        var document = new MatchDocument(results, language, now);
        Volatile.Write(ref slot, document);
        return document;
    }

    // A ranking that has none of the dismissed programs is the one that everybody sees.
    private MatchDocument Shorten(MatchResults results, DismissedPrograms dismissed, ExplanationLanguage language, DateTimeOffset now) =>
        results.Ranking.Any(match => dismissed.Contains(match.Program.Id))
            ? new MatchDocument(results, dismissed, language, now)
            : Get(results, language, now);

    private sealed record Shortened(DismissedPrograms Dismissed, MatchDocument Document);
}

/// <summary>A ranking as UTF-8 JSON, for every requested limit. Thread-safe.</summary>
internal sealed class MatchDocument
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly MatchResults _results;
    private readonly ExplanationLanguage _language;
    private readonly RankedMatch[] _shown;
    private readonly string? _message;
    private readonly string _suffix;
    private readonly DateOnly _day;
    private readonly DateTimeOffset _midnight;
    private readonly DateTimeOffset _deadline;
    private readonly byte[] _head;
    private readonly byte[] _computedTail;
    private readonly byte[] _cachedTail;
    private readonly EntityTag?[] _tags = new EntityTag?[MatchResults.MaxRanking];
    private readonly byte[]?[] _bodies = new byte[]?[MatchResults.MaxRanking];

    /// <summary>A ranking as it is at a moment, with all of its programs.</summary>
    public MatchDocument(MatchResults results, ExplanationLanguage language, DateTimeOffset now)
        : this(results, DismissedPrograms.None, language, now)
    {
    }

    /// <summary>A ranking as it is at a moment, without dismissed programs.</summary>
    public MatchDocument(MatchResults results, DismissedPrograms dismissed, ExplanationLanguage language, DateTimeOffset now)
    {
        (_results, _language, _day) = (results, language, SeoulTime.DateOf(now));
        RankedMatch[] open = [.. results.OpenAt(now)];
        _shown = Array.FindAll(open, match => !dismissed.Contains(match.Program.Id));
        _message = _shown.Length == 0 ? MatchMapping.MessageOf(open.Length, language) : null;
        _suffix = SuffixOf(results, dismissed);
        _midnight = SeoulTime.NextMidnight(now);
        _deadline = open.Min(match => match.Program.Deadline) ?? DateTimeOffset.MaxValue;
        (_head, _computedTail) = Frame(cached: false);
        (_, _cachedTail) = Frame(cached: true);
    }

    /// <summary>Whether it is right at a moment: the day in Seoul is the same, and no program has closed since.</summary>
    public bool IsOf(DateTimeOffset now) => now <= _deadline && now < _midnight && now >= _midnight - Day;

    /// <summary>The answer with the first matches, up to a limit.</summary>
    public MatchesAnswer Take(int limit, bool cached)
    {
        ref var slot = ref _bodies[limit - 1];
        var body = Volatile.Read(ref slot);
        if (body is null)
        {
            // Concurrent requests may both do this, with the same result.
            Volatile.Write(ref slot, body = Body(limit));
        }

        // A computed answer differs only in its end, so it shares the body of cached ones.
        return cached ? new MatchesAnswer(body, default) : new MatchesAnswer(body.AsMemory(..^_cachedTail.Length), _computedTail);
    }

    /// <summary>The answer's <c>ETag</c>, quoted.</summary>
    /// <param name="name">The hash of everything that the ranking depends on.</param>
    /// <param name="limit">1 to <see cref="MatchResults.MaxRanking"/>.</param>
    public string TagOf(string name, int limit)
    {
        ref var slot = ref _tags[limit - 1];
        var known = Volatile.Read(ref slot);
        if (known?.Name != name)
        {
            Volatile.Write(ref slot, known = new(name, $"\"{name}-{limit}-{_language.ToTag()}{_suffix}\""));
        }

        return known.Text;
    }

    private byte[] Body(int limit)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write(_head);
        foreach (var (place, match) in _shown.Take(limit).Index())
        {
            body.Write(place == 0 ? [] : ","u8);
            body.Write(WireJson.Write(_results.ToItem(match, _day, _language)));
        }

        body.Write(_cachedTail);
        return body.WrittenSpan.ToArray();
    }

    // The serializer writes an answer without matches, which is cut where they belong: names stay those of the
    // contract.
    private (byte[] Head, byte[] Tail) Frame(bool cached)
    {
        var whole = WireJson.Write(_results.ToResponse([], cached, _message));
        var cut = whole.AsSpan().IndexOf("[]"u8) + 1;
        return (whole[..cut], whole[cut..]);
    }

    // Of the dismissed programs only those of the ranking: others change nothing in its answers.
    private static string SuffixOf(MatchResults results, DismissedPrograms dismissed)
    {
        if (dismissed.ProgramIds.IsEmpty)
        {
            return "";
        }

        var hash = new XxHash64();
        foreach (var match in results.Ranking.Where(match => dismissed.Contains(match.Program.Id)))
        {
            hash.Append(match.Program.Id.ToByteArray());
        }

        return $"-{hash.GetCurrentHashAsUInt64():x16}";
    }

    private sealed record EntityTag(string Name, string Text);
}
