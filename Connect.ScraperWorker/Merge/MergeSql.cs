using Connect.ScraperWorker.Stage;

namespace Connect.ScraperWorker.Merge;

/// <summary>
/// The statements that bring a run's staged rows into the calls: sets, not rows, so that 100,000 of them take seconds and
/// what is unchanged is not written at all. Parameters: <c>@run</c>, <c>@attempt</c>, <c>@agency</c>, <c>@portal</c>, <c>@now</c>.
/// </summary>
internal static class MergeSql
{
    /// <summary>
    /// Whether the board speaks for call <c>p</c>: it does for those that are its own, for those that so far only the portal
    /// had, and for those that their own board has no longer.
    /// </summary>
    public const string Speaks =
        """
        (p.agency = @agency or p.agency = @portal or not exists (
            select from program_postings own where own.program_id = p.id and own.agency = p.agency and own.vanished_at is null))
        """;

    /// <summary>Postings and calls are joined by one run at a time: two that see one call for the first time would both add it.</summary>
    public const string Lock = "select pg_advisory_xact_lock(4409925)";

    /// <summary>The fence: nothing is returned where another worker has the run.</summary>
    public const string Fence = "select 1 from scrape_runs where id = @run and attempts = @attempt and status = 'Running' for update";

    /// <summary>
    /// Which call each row is, as far as its identity says so; an unmodified page is still what it was, and an unreadable one
    /// keeps its place. A row without call is new, or renamed. A deadline can have passed since a row was read.
    /// </summary>
    public const string Match =
        """
        update scrape_rows set status = 'Expired'
        where run_id = @run and attempt = @attempt and status = 'Active' and deadline < @now;

        create temporary table merge_rows on commit drop as
        select s.address, s.ordinal, s.outcome, s.identity_key, s.title, posting.program_id as posted_id,
            case
                when s.outcome = 0 then known.id
                when s.outcome = 1 or posting.vanished_at is null then posting.program_id
            end as program_id, false as is_new
        from scrape_rows s
        left join programs known on known.identity_key = s.identity_key
        left join program_postings posting on posting.agency = @agency and posting.address = s.address
        where s.run_id = @run and s.attempt = @attempt and s.outcome in (0, 1, 2);

        analyze merge_rows;
        """;

    /// <summary>Rows at a known address whose title no call has, where no other row is that call.</summary>
    public const string Renames =
        """
        select m.address, m.identity_key, m.title, p.title, p.id
        from merge_rows m join programs p on p.id = m.posted_id
        where m.program_id is null and m.outcome = 0
            and not exists (select from merge_rows o where o.program_id = m.posted_id and o.outcome <> 2)
        order by m.ordinal
        """;

    /// <summary>With the rows that have the new title, too. Parameter: <c>@renamed</c>, addresses.</summary>
    public const string Rename =
        """
        update merge_rows set program_id = posted_id where address = any(@renamed);

        update merge_rows m set program_id = r.program_id
        from merge_rows r
        where r.address = any(@renamed) and m.program_id is null and m.identity_key = r.identity_key;
        """;

    /// <summary>
    /// One row a call: the first one of the walk, because boards list the newest first; where that one is unreadable, the
    /// call stays as it is, because an older posting can have an older deadline. And what of it is a change, the address
    /// included: people are sent to where the call is told from.
    /// </summary>
    public static readonly string Compare =
        $"""
        update merge_rows m set program_id = first.id, is_new = true
        from (
            select distinct on (s.identity_key) s.identity_key, s.id
            from scrape_rows s join merge_rows r on r.address = s.address
            where s.run_id = @run and r.program_id is null and r.outcome = 0
            order by s.identity_key, r.ordinal) first
        where m.program_id is null and m.identity_key = first.identity_key;

        create temporary table merge_calls on commit drop as
        select distinct on (program_id) program_id, address, outcome, is_new
        from merge_rows where program_id is not null order by program_id, ordinal;

        create temporary table merge_changes on commit drop as
        select p.id, c.address, p.status as old_status, s.status as new_status, {IsMatched("p")} or {IsMatched("s")} as is_matched, (
            select jsonb_agg(jsonb_build_object('field', f.name, 'old', f.old, 'new', f.new) order by f.place)
            from (values {ComparedFields.Sql("p", "s")}) f(place, name, old, new)
            where f.old is distinct from f.new) as fields
        from merge_calls c
        join programs p on p.id = c.program_id
        join scrape_rows s on s.run_id = @run and s.address = c.address
        where c.outcome = 0 and not c.is_new
            and {Speaks}
            and (p.fingerprint <> s.fingerprint or p.agency <> s.agency or p.identity_key <> s.identity_key
                or (p.status <> 'Archived' and (p.status <> s.status or p.announcement_url <> s.announcement_url)));
        """;

    /// <summary>Writes what is new or differs. A row of which only the hashes differ was hashed by an older version.</summary>
    public static string Write(ProgramColumns columns)
    {
        string[] copied = [.. columns.Names.Where(name => name is not ("id" or "created_at" or "updated_at"))];
        var names = string.Join(", ", columns.Names);
        return $"""
            insert into program_changes (program_id, run_id, kind, changed_at, fields)
            select id, @run, case when old_status <> 'Active' and new_status = 'Active' then 'Reopened' else 'Changed' end, @now, fields
            from merge_changes where fields is not null;

            update programs p set ({string.Join(", ", copied)}, updated_at) = ({string.Join(", ", copied.Select(name => "s." + name))}, @now)
            from merge_changes c join scrape_rows s on s.run_id = @run and s.address = c.address
            where p.id = c.id and c.fields is not null;

            update programs p set fingerprint = s.fingerprint, identity_key = s.identity_key
            from merge_changes c join scrape_rows s on s.run_id = @run and s.address = c.address
            where p.id = c.id and c.fields is null;

            insert into programs ({names})
            select {string.Join(", ", columns.Names.Select(name => name is "created_at" or "updated_at" ? "@now" : "s." + name))}
            from merge_calls c join scrape_rows s on s.run_id = @run and s.address = c.address
            where c.is_new;
            """;
    }

    /// <summary>After very many rows at once: until it has counted them itself, the planner takes the tables for small.</summary>
    public const string Analyze =
        """
        analyze programs (id, agency, kind, status, identity_key, fingerprint);
        analyze program_postings;
        """;

    /// <summary>New, changed, unchanged, vanished, postings that calls have got, and whether rankings or lists are another.</summary>
    public static readonly string Count =
        $"""
        with changed as (select id from merge_changes where fields is not null union select id from merge_moves)
        select
            (select count(*) from merge_calls where is_new)::int,
            (select count(*) from changed)::int,
            (select count(distinct program_id) from merge_rows
                where outcome in (0, 1) and not is_new and program_id not in (select id from changed))::int,
            (select count(*) from merge_vanished)::int,
            (select count(*) from merge_postings where left_id is distinct from program_id)::int,
            exists (select from merge_changes where is_matched and fields is not null)
                or exists (
                    select from merge_calls c join scrape_rows s on s.run_id = @run and s.address = c.address
                    where c.is_new and {IsMatched("s")})
                or exists (select from merge_vanished where is_matched)
                or exists (select from merge_moves where is_matched)
        """;

    /// <summary>Whether rankings may contain it: as <c>FundingProgram.IsMatched</c>.</summary>
    public static string IsMatched(string row) => $"({row}.kind = 'Call' and {row}.status = 'Active')";
}
