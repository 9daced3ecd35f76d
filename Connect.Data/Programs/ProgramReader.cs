using System.Collections.Immutable;
using System.Linq.Expressions;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Programs;

/// <summary>Reads the lists of open and of upcoming programs, the same for all organizations.</summary>
public sealed class ProgramReader(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    private const int MaxClosed = 200;

    // Without description and evidence, which are most of a row's bytes.
    private static readonly Expression<Func<FundingProgram, FundingProgram>> Projection = p => new FundingProgram
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
        BudgetAmount = p.BudgetAmount,
        ApplicationStart = p.ApplicationStart,
        Deadline = p.Deadline,
        Traits = p.Traits,
        AnnouncementUrl = p.AnnouncementUrl,
        IdentityKey = "",
        Fingerprint = "",
    };

    /// <summary>
    /// All open programs. Readers skip those whose deadline has passed since the list was read: reading the list again
    /// would change nothing else.
    /// </summary>
    public ValueTask<ActiveProgramList> GetActiveAsync(CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(CacheLayers.Programs(), this, static (reader, token) => reader.LoadAsync(token), cancellationToken);

    /// <summary>All upcoming programs; as <see cref="GetActiveAsync"/>.</summary>
    public ValueTask<ActiveProgramList> GetUpcomingAsync(CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        CacheLayers.Programs(RankedStatus.Upcoming), this, static (reader, token) => reader.LoadUpcomingAsync(token), cancellationToken);

    /// <summary>
    /// Programs that are over: closed, withdrawn or past their deadline, the latest deadlines first (where there is
    /// none, the latest change). Not cached, because only <c>explain=true</c> reads them.
    /// </summary>
    internal async ValueTask<ImmutableArray<ClosedProgram>> LoadClosedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Programs
            .Where(p => p.Kind == ProgramKind.Call && (p.Status != ProgramStatus.Active || p.Deadline < now))
            .OrderByDescending(p => p.Deadline ?? p.UpdatedAt).ThenBy(p => p.Id)
            .Take(MaxClosed)
            .Select(Projection)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new ClosedProgram(ActiveProgram.Of(row), row.Status))];
    }

    /// <summary>Puts the list into Redis if it is missing there, but not into memory.</summary>
    /// <param name="findLoaded">The preloaded list, if it is as new as the computation's generations; else the list is read again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task PreloadAsync(Func<CacheComputation, ActiveProgramList?> findLoaded, CancellationToken cancellationToken)
    {
        var entry = CacheLayers.Programs();
        await cache.GetOrCreateAsync(
            entry.Key, (Reader: this, findLoaded),
            static (state, token) => CacheComputation.Current is { } computation && state.findLoaded(computation) is { } list
                ? new ValueTask<ActiveProgramList>(list)
                : state.Reader.LoadAsync(token),
            entry.OptionsPastMemory, entry.Tags, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The list of open programs as it is in the database now.</summary>
    internal ValueTask<ActiveProgramList> LoadAsync(CancellationToken cancellationToken) =>
        LoadAsync(p => p.Status == ProgramStatus.Active && p.Kind == ProgramKind.Call, cancellationToken);

    // An advance notice is a notice, so its kind is not asked for: its status tells that a call will come.
    private ValueTask<ActiveProgramList> LoadUpcomingAsync(CancellationToken cancellationToken) =>
        LoadAsync(p => p.Status == ProgramStatus.Upcoming, cancellationToken);

    private async ValueTask<ActiveProgramList> LoadAsync(Expression<Func<FundingProgram, bool>> isListed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Programs
            .Where(isListed)
            .Where(p => p.Deadline == null || p.Deadline >= now)
            .OrderBy(p => p.Deadline).ThenBy(p => p.Id)
            .Select(Projection)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return new ActiveProgramList([.. rows.Select(ActiveProgram.Of)], now);
    }
}
