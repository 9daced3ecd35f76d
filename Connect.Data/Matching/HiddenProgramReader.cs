using System.Collections.Immutable;
using Connect.Data.Organizations;
using Connect.Data.Programs;
using Connect.Domain.Matching;

namespace Connect.Data.Matching;

/// <summary>Tells an organization why it is not shown calls.</summary>
public sealed class HiddenProgramReader(OrganizationReader organizations, ProgramReader programs, MatchEngine engine, TimeProvider time)
{
    /// <summary>At most so many are told.</summary>
    public const int MaxCalls = 50;

    /// <summary>
    /// The calls that came nearest, by the score that they would have: open ones from the cached list, and those that
    /// were closed lately, from the database.
    /// </summary>
    /// <exception cref="Connect.Caching.Generations.DatabaseUnavailableException">The database cannot be reached and nothing good enough is cached.</exception>
    public async ValueTask<ImmutableArray<HiddenProgram>> GetAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var profile = await organizations.GetProfileAsync(organizationId, cancellationToken).ConfigureAwait(false);
        var open = await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        var closed = await programs.LoadClosedAsync(cancellationToken).ConfigureAwait(false);

        return engine.FindHidden(profile, open.Programs, closed, time.GetUtcNow(), MaxCalls);
    }
}
