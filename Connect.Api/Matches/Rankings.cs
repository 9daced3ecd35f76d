using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;

namespace Connect.Api.Matches;

/// <summary>Finds what the match routes answer with. One service, because each one that a hit asks the container for takes time.</summary>
internal sealed class Rankings(
    MatchReader matches, DismissalReader dismissals, MatchDocuments documents, HiddenProgramReader hidden, ActivityLog activity, TimeProvider time)
{
    /// <summary>An organization's ranking. The caller has been authorized: a cached ranking belongs to one organization.</summary>
    public ValueTask<MatchResults> GetAsync(Guid organizationId, RankedStatus status, CancellationToken cancellationToken)
    {
        activity.Note(organizationId);
        return status == RankedStatus.Upcoming
            ? matches.GetUpcomingAsync(organizationId, cancellationToken)
            : matches.GetAsync(organizationId, cancellationToken);
    }

    /// <summary>The programs that the organization's answer leaves out; of an authorized caller, too.</summary>
    public ValueTask<DismissedPrograms> GetDismissedAsync(Guid organizationId, bool isShown, CancellationToken cancellationToken) =>
        isShown ? new(DismissedPrograms.None) : dismissals.GetAsync(organizationId, cancellationToken);

    /// <summary>A ranking as it is sent now.</summary>
    public MatchDocument DocumentOf(MatchResults results, DismissedPrograms dismissed, ExplanationLanguage language) =>
        documents.Get(results, dismissed, language, time.GetUtcNow());

    /// <summary>A ranking as it is now, together with the programs that it does not show.</summary>
    public async ValueTask<MatchesResponse> ExplainAsync(
        MatchResults results, DismissedPrograms dismissed, RankedStatus status, int limit, bool cached, ExplanationLanguage language,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var notShown = await hidden.GetAsync(results.OrganizationId, status, cancellationToken);
        return results.ToResponse(dismissed, limit, cached, now, language) with
        {
            Hidden = notShown.Where(program => !dismissed.Contains(program.Program.Id)).ToItems(now, language),
        };
    }
}
