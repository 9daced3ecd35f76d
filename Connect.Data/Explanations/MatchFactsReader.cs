using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Explanations;

/// <summary>
/// Collects the facts of a match from the organization's ranking, or, where the match is no longer in it, from the
/// stored row, whose points the list of matches shows.
/// </summary>
internal sealed class MatchFactsReader(
    OrganizationReader organizations, MatchReader matches, MatchEngine engine, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    /// <summary>The match's facts; null where its row or its program is gone.</summary>
    public async ValueTask<MatchFacts?> FindAsync(MatchOwner owner, CancellationToken cancellationToken)
    {
        var profile = await organizations.GetProfileAsync(owner.OrganizationId, cancellationToken).ConfigureAwait(false);
        var results = await matches.GetAsync(owner.OrganizationId, cancellationToken).ConfigureAwait(false);
        foreach (var match in results.Ranking)
        {
            if (match.Program.Id == owner.ProgramId)
            {
                return new MatchFacts(
                    owner, profile, match.Program, match.Breakdown, match.Reasons, IsConsistent: true,
                    IsOpen: match.Program.Deadline is not { } deadline || deadline >= time.GetUtcNow());
            }
        }

        return await FindStoredAsync(owner, profile, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MatchFacts?> FindStoredAsync(MatchOwner owner, OrganizationProfile profile, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var stored = await context.Matches.Where(m => m.Id == owner.MatchId)
            .Join(context.Programs, m => m.ProgramId, p => p.Id, (match, program) => new { Match = match, Program = program })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        var (row, p) = (stored.Match, stored.Program);
        var program = ActiveProgram.Of(p);
        var breakdown = new ScoreBreakdown(row.IndustryPoints, row.TrlPoints, row.TypePoints, row.RndPoints, row.DeadlinePoints);

        // Upcoming matches are explained from their rows too: they are in another ranking.
        var isOpen = p.Status is ProgramStatus.Active or ProgramStatus.Upcoming && (p.Deadline is not { } deadline || deadline >= time.GetUtcNow());

        // Rows have no reasons, so they are computed again. They count only if they give the row's points: profile or
        // program may have changed since.
        var again = engine.Rank(profile, [program], row.ComputedAt, take: 1);
        return again is [var match] && match.Breakdown == breakdown
            ? new MatchFacts(owner, profile, program, breakdown, match.Reasons, IsConsistent: true, isOpen)
            : new MatchFacts(owner, profile, program, breakdown, [], IsConsistent: false, isOpen);
    }
}
