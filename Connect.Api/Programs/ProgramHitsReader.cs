using System.Collections.Immutable;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Programs;

/// <summary>Finds where a search has found the programs of a page. Reads their texts, which lists do not contain.</summary>
internal sealed class ProgramHitsReader(IDbContextFactory<FailFastDbContext> contexts)
{
    // Characters of a text before the first place, and in all.
    private const int Before = 40;
    private const int Longest = 160;

    /// <summary>The places by program.</summary>
    public async Task<IReadOnlyDictionary<Guid, ProgramHits>> FindAsync(
        ImmutableArray<ProgramRow> rows, SearchQuery search, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(row => row.Id)];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var texts = await context.Programs.Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Title, p.Keywords, p.Description, p.Ministry, p.Category, p.AnnouncingAgency })
            .ToListAsync(cancellationToken);
        return texts.ToDictionary(text => text.Id, text => new ProgramHits(
            PlacesOf(text.Title, search),
            [.. text.Keywords.Select(keyword => HitsOf("keywords", keyword, search)).OfType<TextHits>()],
            HitsOf("description", text.Description, search) ?? HitsOf("category", text.Category, search)
                ?? HitsOf("ministry", text.Ministry, search) ?? HitsOf("announcingAgency", text.AnnouncingAgency, search)));
    }

    // Null where no word is in the text.
    internal static TextHits? HitsOf(string field, string? text, SearchQuery search)
    {
        if (string.IsNullOrEmpty(text) || SearchHits.Find(text, search.Required) is not [var first, ..] hits)
        {
            return null;
        }

        var start = text.Length <= Longest ? 0 : Whole(text, Math.Max(0, Math.Min(first.Start - Before, text.Length - Longest)));
        var end = Whole(text, Math.Min(text.Length, Math.Max(start + Longest, first.Start + first.Length)));
        return new(field, text[start..end], [
            .. hits.Where(hit => hit.Start >= start && hit.Start + hit.Length <= end).Select(hit => new HitPlace(hit.Start - start, hit.Length)),
        ]);
    }

    private static IReadOnlyList<HitPlace> PlacesOf(string text, SearchQuery search) =>
        [.. SearchHits.Find(text, search.Required).Select(hit => new HitPlace(hit.Start, hit.Length))];

    // A place that does not cut a pair of surrogates.
    private static int Whole(string text, int index) => index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
