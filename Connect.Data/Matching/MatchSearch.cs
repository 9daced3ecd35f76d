using Connect.Data.Programs.Lists;
using Connect.Domain.Matching;
using Connect.Domain.Search;

namespace Connect.Data.Matching;

/// <summary>Searches stored matches, by the words of the list of programs.</summary>
public static class MatchSearch
{
    /// <summary>
    /// The matches whose program or note has all words, each word in either, and none of the excluded ones. An organization has so few
    /// matches that each one's texts are looked through.
    /// </summary>
    /// <param name="matches">Matches.</param>
    /// <param name="context">Their database.</param>
    /// <param name="search">The words.</param>
    public static IQueryable<FundingMatch> WithWords(this IQueryable<FundingMatch> matches, ConnectDbContext context, SearchQuery search)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(search);
        if (search.FindsNothing)
        {
            return matches.Where(static _ => false);
        }

        var programs = context.Set<ListedProgram>();
        foreach (var word in search.Required)
        {
            var pattern = word.Pattern;
            matches = matches.Where(m => ConnectDbContext.SearchForm(m.Note).Contains(pattern)
                || programs.Any(p => p.Id == m.ProgramId && p.SearchText.Contains(pattern)));
        }

        foreach (var word in search.Excluded)
        {
            var pattern = word.Pattern;
            matches = matches.Where(m => !ConnectDbContext.SearchForm(m.Note).Contains(pattern)
                && !programs.Any(p => p.Id == m.ProgramId && p.SearchText.Contains(pattern)));
        }

        return matches;
    }
}
