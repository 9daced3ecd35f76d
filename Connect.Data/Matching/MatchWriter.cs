using System.Collections.Immutable;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Npgsql;
using NpgsqlTypes;

namespace Connect.Data.Matching;

/// <summary>Stores rankings, so that users can come back to a match by its id.</summary>
public sealed class MatchWriter(IDbContextFactory<FailFastDbContext> contexts)
{
    // Rows carry the generations that they were computed from, so that a slow instance's older computation changes
    // nothing. The user's marks (saved, viewed) are never overwritten.
    //
    // Instances may store the same ranking at the same time. The advisory lock orders them: at once they could
    // deadlock, or violate the unique index that ON CONFLICT does not name. It ends with the statements' transaction.
    //
    // A deletion holds the organization's row: this waits for it, and then stores nothing.
    private const string Sql = """
        select pg_advisory_xact_lock(hashtextextended('matches:' || @organization, 0));
        with active as (select id from organizations where id = @organization and status = 'Active' for key share)
        insert into matches as m (
            id, organization_id, program_id, rank, score, industry_points, trl_points, type_points, rnd_points, deadline_points,
            algorithm_version, programs_generation, matches_generation, organization_generation, saved, viewed, computed_at)
        select t.id, active.id, t.program, t.place, t.industry + t.trl + t.type + t.rnd + t.deadline,
            t.industry, t.trl, t.type, t.rnd, t.deadline, @version, @programs, @matches, @org, false, false, @now
        from active cross join unnest(@ids, @program_ids, @industry, @trl, @type, @rnd, @deadline)
            with ordinality as t(id, program, industry, trl, type, rnd, deadline, place)
        on conflict (organization_id, program_id) do update set
            rank = excluded.rank, score = excluded.score, industry_points = excluded.industry_points, trl_points = excluded.trl_points,
            type_points = excluded.type_points, rnd_points = excluded.rnd_points, deadline_points = excluded.deadline_points,
            algorithm_version = excluded.algorithm_version, programs_generation = excluded.programs_generation,
            matches_generation = excluded.matches_generation, organization_generation = excluded.organization_generation,
            computed_at = excluded.computed_at
        where m.programs_generation <= excluded.programs_generation
            and m.matches_generation <= excluded.matches_generation
            and m.organization_generation <= excluded.organization_generation
        """;

    /// <summary>Stores a ranking under the generations of the computation that made it.</summary>
    public async Task StoreAsync(
        Guid organizationId, ImmutableArray<RankedMatch> ranking, CacheComputation computation, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (ranking.IsEmpty)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        object[] parameters =
        [
            new NpgsqlParameter("organization", organizationId),
            new NpgsqlParameter("version", MatchingAlgorithm.Version),
            new NpgsqlParameter("programs", computation.GenerationOf(ConnectTags.Programs)),
            new NpgsqlParameter("matches", computation.GenerationOf(ConnectTags.Matches)),
            new NpgsqlParameter("org", computation.GenerationOf(ConnectTags.Organization(organizationId))),
            new NpgsqlParameter("now", now),
            Column("ids", NpgsqlDbType.Uuid, ranking, m => MatchId.For(organizationId, m.Program.Id)),
            Column("program_ids", NpgsqlDbType.Uuid, ranking, m => m.Program.Id),
            Column("industry", NpgsqlDbType.Integer, ranking, m => m.Breakdown.Industry),
            Column("trl", NpgsqlDbType.Integer, ranking, m => m.Breakdown.Trl),
            Column("type", NpgsqlDbType.Integer, ranking, m => m.Breakdown.Type),
            Column("rnd", NpgsqlDbType.Integer, ranking, m => m.Breakdown.Rnd),
            Column("deadline", NpgsqlDbType.Integer, ranking, m => m.Breakdown.Deadline),
        ];
        await context.Database.ExecuteSqlRawAsync(Sql, parameters, cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Column<T>(
        string name, NpgsqlDbType type, ImmutableArray<RankedMatch> ranking, Func<RankedMatch, T> value) =>
        new(name, NpgsqlDbType.Array | type) { Value = ranking.Select(value).ToArray() };
}
