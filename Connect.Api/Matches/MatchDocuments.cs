using System.Runtime.CompilerServices;
using Connect.Api.Http;
using Connect.Core.Matching;
using Connect.Core.Matching.Explanations;
using Connect.Core.Programs;

namespace Connect.Api.Matches;

/// <summary>
/// Keeps what a cached ranking looks like on the wire, so that a hit is written and not made. Hangs on the ranking itself:
/// what the cache drops, or an eviction renames, takes its documents with it, and there is nothing here to evict.
/// </summary>
internal sealed class MatchDocuments
{
    private readonly ConditionalWeakTable<MatchResults, Languages> _known = [];

    /// <summary>The document of a ranking in a language, as it is at a moment.</summary>
    public MatchDocument Get(MatchResults results, ExplanationLanguage language, DateTimeOffset now)
    {
        var languages = _known.GetValue(results, static _ => new());
        if (languages.Find(language) is { } known && known.IsOf(now))
        {
            return known;
        }

        // The day is part of a ranking's name, and one with a passed deadline is asked for anew: only what is served while
        // the truth is away comes here again.
        var document = new MatchDocument(results, language, now);
        languages.Keep(language, document);
        return document;
    }

    private sealed class Languages
    {
        private readonly MatchDocument?[] _documents = new MatchDocument?[Enum.GetValues<ExplanationLanguage>().Length];

        public MatchDocument? Find(ExplanationLanguage language) => Volatile.Read(ref _documents[(int)language]);

        public void Keep(ExplanationLanguage language, MatchDocument document) => Volatile.Write(ref _documents[(int)language], document);
    }
}

/// <summary>A ranking on the wire: UTF-8 in pieces, of which every limit takes the first ones. Safe for use by many at once.</summary>
internal sealed class MatchDocument
{
    private readonly MatchResults _results;
    private readonly ExplanationLanguage _language;
    private readonly RankedMatch[] _open;
    private readonly DateOnly _day;
    private readonly DateTimeOffset? _until;
    private readonly byte[] _head;
    private readonly byte[] _computedTail;
    private readonly byte[] _cachedTail;
    private readonly EntityTag?[] _tags = new EntityTag?[MatchResults.MaxRanking];
    private byte[][] _matches = [];

    public MatchDocument(MatchResults results, ExplanationLanguage language, DateTimeOffset now)
    {
        (_results, _language, _day) = (results, language, SeoulTime.DateOf(now));
        _open = [.. results.OpenAt(now)];
        _until = _open.Min(match => match.Program.Deadline);
        (_head, _computedTail) = Frame(cached: false);
        (_, _cachedTail) = Frame(cached: true);
    }

    /// <summary>Whether it says at a moment what it was made to say: the day is the same, and no call has closed since.</summary>
    public bool IsOf(DateTimeOffset now) => !(_until < now) && SeoulTime.DateOf(now) == _day;

    /// <summary>The answer with the first matches, up to a limit.</summary>
    public MatchesAnswer Take(int limit, bool cached)
    {
        var count = Math.Min(limit, _open.Length);
        var matches = Volatile.Read(ref _matches);
        if (matches.Length < count)
        {
            // Two may do this at once: both make the same.
            Volatile.Write(ref _matches, matches = [.. matches, .. Enumerable.Range(matches.Length, count - matches.Length).Select(Match)]);
        }

        return new MatchesAnswer(_head, matches.AsMemory(0, count), cached ? _cachedTail : _computedTail);
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
            Volatile.Write(ref slot, known = new(name, $"\"{name}-{limit}-{_language.ToTag()}\""));
        }

        return known.Text;
    }

    private byte[] Match(int place)
    {
        var item = WireJson.Write(_results.ToItem(_open[place], _day, _language));
        return place == 0 ? item : [(byte)',', .. item];
    }

    // Written by the serializer around no matches, and cut where they belong: nobody else knows how the contract is spelled.
    private (byte[] Head, byte[] Tail) Frame(bool cached)
    {
        var whole = WireJson.Write(_results.ToResponse([], cached, _open.Length == 0 ? MatchMapping.NothingFits(_language) : null));
        var cut = whole.AsSpan().IndexOf("[]"u8) + 1;
        return (whole[..cut], whole[cut..]);
    }

    private sealed record EntityTag(string Name, string Text);
}
