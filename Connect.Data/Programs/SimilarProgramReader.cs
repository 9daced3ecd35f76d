using System.Collections.Immutable;
using Connect.Domain.Matching;
using Connect.Domain.Programs;

namespace Connect.Data.Programs;

/// <summary>
/// Finds open programs that are like one. The open ones come from the cached list, with the index that rankings use; only the
/// program itself is read from the database.
/// </summary>
public sealed class SimilarProgramReader(
    ProgramReader programs, MatchEngine engine, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    /// <summary>Most programs in an answer.</summary>
    public const int MaxPrograms = 20;

    /// <summary>The most similar programs; null where no program has the id.</summary>
    /// <exception cref="Connect.Caching.Generations.DatabaseUnavailableException">The database cannot be reached; no good value is cached.</exception>
    public async ValueTask<ImmutableArray<SimilarProgram>?> FindAsync(Guid id, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var row = await context.Programs.Where(p => p.Id == id)
            .Select(p => new FundingProgram
            {
                Id = p.Id,
                Title = p.Title,
                Agency = p.Agency,
                Status = p.Status,
                Ministry = p.Ministry,
                Category = p.Category,
                Keywords = p.Keywords,
                TargetTypes = p.TargetTypes,
                MinTrl = p.MinTrl,
                MaxTrl = p.MaxTrl,
                Deadline = p.Deadline,
                Traits = p.Traits,
                AnnouncementUrl = p.AnnouncementUrl,
                IdentityKey = "",
                Fingerprint = "",
            })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        var open = await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        return engine.FindSimilar(ActiveProgram.Of(row), open.Programs, time.GetUtcNow(), take);
    }
}
