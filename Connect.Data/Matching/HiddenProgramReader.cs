using System.Collections.Immutable;
using Connect.Data.Organizations;
using Connect.Data.Programs;
using Connect.Domain.Matching;

namespace Connect.Data.Matching;

/// <summary>Finds the programs that an organization is not shown, with the reasons.</summary>
public sealed class HiddenProgramReader(OrganizationReader organizations, ProgramReader programs, MatchEngine engine, TimeProvider time)
{
    /// <summary>Most programs in an answer.</summary>
    public const int MaxPrograms = 50;

    /// <summary>
    /// The hidden programs with the highest scores: open ones from the cached list, recently closed ones from the
    /// database; for the ranking of upcoming programs only upcoming ones.
    /// </summary>
    /// <exception cref="Connect.Caching.Generations.DatabaseUnavailableException">The database cannot be reached; no good value is cached.</exception>
    public async ValueTask<ImmutableArray<HiddenProgram>> GetAsync(Guid organizationId, RankedStatus status, CancellationToken cancellationToken)
    {
        var profile = await organizations.GetProfileAsync(organizationId, cancellationToken).ConfigureAwait(false);
        if (status == RankedStatus.Upcoming)
        {
            var upcoming = await programs.GetUpcomingAsync(cancellationToken).ConfigureAwait(false);
            return engine.FindHidden(profile, upcoming.Programs, [], time.GetUtcNow(), MaxPrograms);
        }

        var open = await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        var closed = await programs.LoadClosedAsync(cancellationToken).ConfigureAwait(false);

        return engine.FindHidden(profile, open.Programs, closed, time.GetUtcNow(), MaxPrograms);
    }
}
