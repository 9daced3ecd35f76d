using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Stage;

namespace Connect.ScraperWorker.Merge;

/*
   rows        →  programs         →  postings             →  vanished
   scrape_rows    merge_rows          merge_postings          merge_gone      postings that are over
                  merge_programs      program_postings        merge_vanished  programs without a posting
                  merge_changes       merge_amounts           merge_moves     programs that get another posting's address
                  programs                                    programs
*/

/// <summary>
/// The statements of a merge, in the order in which <see cref="RunMerge"/> executes them. They work on sets, so that 100,000 rows
/// take seconds and unchanged programs are not written. Parameters: <c>@run</c>, <c>@attempt</c>, <c>@agency</c>, <c>@now</c>.
/// </summary>
internal static class MergeSql
{
    // The numbers of RowOutcome, as scrape_rows stores them.
    internal static readonly string Read = RowOutcome.Read.ToString("D");
    private static readonly string NotModified = RowOutcome.NotModified.ToString("D");
    private static readonly string Unreadable = RowOutcome.Unreadable.ToString("D");
    private static readonly string Gone = RowOutcome.Gone.ToString("D");
    private static readonly string Lost = RowOutcome.Lost.ToString("D");
    private static readonly string Present = RowOutcome.Present.ToString("D");
    private static readonly string Unanswered = RowOutcome.Unanswered.ToString("D");

    /// <summary>
    /// Whether program <c>p</c> is a call by its own words. The postings of one that is a call by hand can all be notices, and count.
    /// </summary>
    private const string IsCall =
        """
        (p.kind = 'Call' and not exists (
            select from program_corrections o where o.program_id = p.id and o.field = 'Kind' and o.conflict_at is null))
        """;

    /// <summary>
    /// Whether the board is authoritative for program <c>p</c>: it is for its own programs, for those that so far only a board further
    /// from their agency has, and for those that their own board no longer has.
    /// </summary>
    private static readonly string IsAuthoritative =
        $"""
        (p.agency = @agency or {Distance("p.agency")} > {Distance("@agency")} or not exists (
            select from program_postings own
            where own.program_id = p.id and own.agency = p.agency and own.vanished_at is null and {CountsFor("own")}))
        """;

    /// <summary>
    /// Whether row <c>s</c> is the open call that program <c>p</c> has announced so far: it counts on every board. A program that is a
    /// notice by hand has announced none.
    /// </summary>
    private const string IsItsCall =
        """
        (p.kind = 'Notice' and s.kind = 'Call' and s.status = 'Active' and p.identity_key = s.identity_key and not exists (
            select from program_corrections o where o.program_id = p.id and o.field = 'Kind' and o.conflict_at is null))
        """;

    /// <summary>
    /// Whether row <c>s</c> is an advance notice whose call, program <c>p</c>, is there already. It counts again where the call's own
    /// posting has become one, and where the call is over and the notice is newer: then another call comes.
    /// </summary>
    private const string IsOvertaken =
        $"""
        (s.kind = 'Notice' and {IsCall} and s.announcement_url <> p.announcement_url
            and not coalesce(p.status <> 'Active' and s.published_at > p.published_at, false))
        """;

    /// <summary>Whether row <c>s</c> decides what program <c>p</c> is.</summary>
    internal static readonly string Decides = $"(({IsAuthoritative} or {IsItsCall}) and not {IsOvertaken})";

    /// <summary>Locks the run's row; no row where another instance holds a newer fencing token.</summary>
    public const string Fence = "select 1 from scrape_runs where id = @run and attempts = @attempt and status = 'Running' for update";

    /// <summary>
    /// Rows → programs. A read row is the program with its identity; an unmodified one is the program of its posting; an unreadable
    /// one keeps the program of its posting. A row without a program is new, or renamed. A deadline can have passed since a row was
    /// read, so status is set again first. Kind and status of a row that was not read are those known of its posting and program.
    /// </summary>
    public static readonly string Match =
        $"""
        update scrape_rows set status = 'Expired'
        where run_id = @run and attempt = @attempt and status in ('Active', 'Upcoming') and deadline < @now;

        create temporary table merge_rows on commit drop as
        select s.address, s.ordinal, s.outcome, s.identity_key, s.title, posting.program_id as posted_id,
            case
                when s.outcome = {Read} then known.id
                when s.outcome = {NotModified} or posting.vanished_at is null then posting.program_id
            end as program_id, false as is_new,
            case when s.outcome = {Read} then s.kind else posting.kind end as kind,
            case when s.outcome = {Read} then s.status else posted.status end as status
        from scrape_rows s
        left join programs known on known.identity_key = s.identity_key
        left join program_postings posting on posting.agency = @agency and posting.address = s.address
        left join programs posted on posted.id = posting.program_id
        where s.run_id = @run and s.attempt = @attempt and s.outcome in ({Read}, {NotModified}, {Unreadable});

        analyze merge_rows;
        """;

    /// <summary>Rows at a known address with a title that no program has, where no other row is the posting's program.</summary>
    public static readonly string Renames =
        $"""
        select m.address, m.identity_key, m.title, p.title, p.id
        from merge_rows m join programs p on p.id = m.posted_id
        where m.program_id is null and m.outcome = {Read}
            and not exists (select from merge_rows o where o.program_id = m.posted_id and o.outcome <> {Unreadable})
        order by m.ordinal
        """;

    /// <summary>
    /// Gives renamed rows, and other rows of the new title, the program of the renamed posting. Parameter: <c>@renamed</c>, addresses.
    /// </summary>
    public const string Rename =
        """
        update merge_rows set program_id = posted_id where address = any(@renamed);

        update merge_rows m set program_id = r.program_id
        from merge_rows r
        where r.address = any(@renamed) and m.program_id is null and m.identity_key = r.identity_key;
        """;

    /// <summary>
    /// Programs: one row for each. The first listed row counts, because boards list the newest first; where that one is unreadable,
    /// the program stays as it is, because an older posting can have an older deadline. Advance notices come after their open call,
    /// wherever they are listed.
    /// </summary>
    public static readonly string Choose =
        $"""
        update merge_rows m set program_id = first.id, is_new = true
        from (
            select distinct on (s.identity_key) s.identity_key, s.id
            from scrape_rows s join merge_rows r on r.address = s.address
            where s.run_id = @run and r.program_id is null and r.outcome = {Read}
            order by s.identity_key, r.ordinal) first
        where m.program_id is null and m.identity_key = first.identity_key;

        create temporary table merge_programs on commit drop as
        select distinct on (program_id) program_id, address, outcome, is_new
        from (
            select *, bool_or(kind = 'Call' and status = 'Active') over (partition by program_id) as has_open_call
            from merge_rows where program_id is not null) m
        order by program_id, coalesce(has_open_call and kind = 'Notice', false), ordinal;

        create temporary table merge_stated on commit drop as
        select address, budget_amount from scrape_rows where run_id = @run and attempt = @attempt and outcome = {Read};
        """;

    /// <summary>Rows of programs with fields that are set by hand: the staged program, the stored one, and the rules that classified that.</summary>
    public static readonly string Corrected =
        $"""
        select s.id, p.id, p.classifier_version
        from merge_programs c
        join programs p on p.id = c.program_id
        join scrape_rows s on s.run_id = @run and s.address = c.address
        where c.outcome = {Read} and not c.is_new and {Decides}
            and exists (select from program_corrections o where o.program_id = p.id and o.conflict_at is null)
        """;

    /// <summary>The changed fields of known programs, the address included: it is the link that users follow.</summary>
    public static readonly string Compare =
        $"""
        create temporary table merge_changes on commit drop as
        select p.id, c.address, p.status as old_status, s.status as new_status, p.kind as old_kind, s.kind as new_kind,
            {IsMatched("p")} or {IsMatched("s")} as is_matched, (
            select jsonb_agg(jsonb_build_object('field', f.name, 'old', f.old, 'new', f.new) order by f.place)
            from (values {ComparedFields.Sql("p", "s")}) f(place, name, old, new)
            where f.old is distinct from f.new) as fields
        from merge_programs c
        join programs p on p.id = c.program_id
        join scrape_rows s on s.run_id = @run and s.address = c.address
        where c.outcome = {Read} and not c.is_new
            and {Decides}
            and (p.fingerprint <> s.fingerprint or p.agency <> s.agency or p.identity_key <> s.identity_key
                or (p.status <> 'Archived' and (p.status <> s.status or p.announcement_url <> s.announcement_url
                    or p.budget_amount is distinct from s.budget_amount)));
        """;

    /// <summary>
    /// Writes changed and new programs. Where only the hashes differ, an older version computed them, and no change is recorded.
    /// </summary>
    public static string Write(ProgramColumns columns)
    {
        string[] copied = [.. columns.Names.Where(name => name is not ("id" or "created_at" or "updated_at"))];
        var names = string.Join(", ", columns.Names);
        return $"""
            insert into program_changes (program_id, run_id, kind, changed_at, fields)
            select id, @run,
                case
                    when new_status = 'Active' and old_status <> 'Active' and old_kind = 'Notice' and new_kind = 'Call' then 'Opened'
                    when new_status = 'Active' and old_status not in ('Active', 'Upcoming') then 'Reopened'
                    else 'Changed'
                end, @now, fields
            from merge_changes where fields is not null;

            update programs p set ({string.Join(", ", copied)}, updated_at) = ({string.Join(", ", copied.Select(name => "s." + name))}, @now)
            from merge_changes c join scrape_rows s on s.run_id = @run and s.address = c.address
            where p.id = c.id and c.fields is not null;

            update programs p set fingerprint = s.fingerprint, identity_key = s.identity_key
            from merge_changes c join scrape_rows s on s.run_id = @run and s.address = c.address
            where p.id = c.id and c.fields is null;

            insert into programs ({names})
            select {string.Join(", ", columns.Names.Select(name => name switch { "id" => "c.program_id", "created_at" or "updated_at" => "@now", _ => "s." + name }))}
            from merge_programs c join scrape_rows s on s.run_id = @run and s.address = c.address
            where c.is_new;
            """;
    }

    /// <summary>Postings: writes new and different ones. One that was missed once and is listed again counts as never missed.</summary>
    public static readonly string Keep =
        $"""
        create temporary table merge_postings on commit drop as
        select s.address, m.program_id, s.announcement_url as url, s.kind, t.budget_amount, s.list_hash, s.etag, s.last_modified,
            o.program_id as left_id, o.budget_amount as left_amount
        from merge_rows m
        join scrape_rows s on s.run_id = @run and s.address = m.address
        join merge_stated t on t.address = m.address
        left join program_postings o on o.agency = @agency and o.address = m.address
        where m.outcome = {Read} and m.program_id is not null and (o.address is null
            or (o.program_id, o.url, o.kind, o.budget_amount, o.list_hash, o.etag, o.last_modified, o.vanished_at, o.missed_runs)
                is distinct from (m.program_id, s.announcement_url, s.kind, t.budget_amount, s.list_hash, s.etag, s.last_modified, null, 0));

        insert into program_postings (agency, address, program_id, url, kind, budget_amount, list_hash, etag, last_modified, first_seen_at, missed_runs)
        select @agency, address, program_id, url, kind, budget_amount, list_hash, etag, last_modified, @now, 0 from merge_postings
        on conflict (agency, address) do update set
            program_id = excluded.program_id, url = excluded.url, kind = excluded.kind, budget_amount = excluded.budget_amount,
            list_hash = excluded.list_hash, etag = excluded.etag,
            last_modified = excluded.last_modified, missed_runs = 0, vanished_at = null;

        update program_postings o set missed_runs = 0
        from scrape_rows s
        where o.agency = @agency and o.missed_runs > 0 and s.run_id = @run and s.attempt = @attempt
            and s.address = o.address and s.outcome in ({NotModified}, {Unreadable});
        """;

    /// <summary>
    /// An unmodified row can become authoritative for its program. Its page was ignored when it was read, so the next run reads it
    /// again.
    /// </summary>
    public static readonly string Reread =
        $"""
        update program_postings o set list_hash = ''
        from merge_programs c join programs p on p.id = c.program_id
        where c.outcome = {NotModified} and o.agency = @agency and o.address = c.address and o.list_hash <> ''
            and p.announcement_url <> o.url and p.status <> 'Archived' and {IsAuthoritative} and {CountsFor("o")};
        """;

    /// <summary>
    /// Vanished: the missing checks. A page that is gone ends its posting at once. A page that has lost its announcement could be a
    /// passing fault, and ends its posting the second time.
    /// </summary>
    public static readonly string Vanish =
        $"""
        create temporary table merge_gone on commit drop as
        select o.address, o.program_id, o.url,
            s.outcome = {Gone} or (s.outcome = {Lost} and o.missed_runs > 0) as is_gone
        from program_postings o join scrape_rows s on s.address = o.address
        where s.run_id = @run and s.attempt = @attempt and s.outcome in ({Gone}, {Lost}, {Present}) and o.agency = @agency and o.vanished_at is null;

        update program_postings o set
            checked_at = @now,
            missed_runs = case when s.outcome = {Present} then 0 else o.missed_runs + 1 end,
            vanished_at = case when g.is_gone then @now end,
            list_hash = case when g.is_gone then '' else o.list_hash end
        from merge_gone g join scrape_rows s on s.run_id = @run and s.address = g.address
        where o.agency = @agency and o.address = g.address;

        update program_postings o set checked_at = @now
        from scrape_rows s
        where s.run_id = @run and s.attempt = @attempt and s.outcome = {Unanswered} and o.agency = @agency and o.address = s.address;
        """;

    /// <summary>
    /// Open and upcoming programs without a posting. A posting that now shows another program has left its old one. An advance notice
    /// does not keep its call open.
    /// </summary>
    public static readonly string FindVanished =
        $"""
        create temporary table merge_vanished on commit drop as
        select p.id, p.status, {IsMatched("p")} as is_matched
        from programs p
        where p.status in ('Active', 'Upcoming')
            and p.id in (select program_id from merge_gone where is_gone union select left_id from merge_postings where left_id <> program_id)
            and not exists (select from program_postings o where o.program_id = p.id and o.vanished_at is null and {CountsFor("o")});
        """;

    /// <summary>The number of vanished programs, and of the board's open and upcoming programs.</summary>
    public const string CountVanished =
        """
        select (select count(*) from merge_vanished)::int,
            (select count(*) from programs where agency = @agency and status in ('Active', 'Upcoming'))::int
        """;

    /// <summary>
    /// Ends vanished programs, and gives the others the address of a remaining posting: on their own board, else on the nearest
    /// to their agency. That posting's content was ignored so far, so the next run reads it again. A call never gets the
    /// address of its advance notice.
    /// </summary>
    public static readonly string End =
        $"""
        insert into program_changes (program_id, run_id, kind, changed_at, fields)
        select id, @run, 'Vanished', @now, jsonb_build_array(jsonb_build_object('field', 'status', 'old', status, 'new', 'Expired'))
        from merge_vanished;

        update programs p set status = 'Expired', updated_at = @now from merge_vanished v where v.id = p.id;

        create temporary table merge_moves on commit drop as
        select distinct on (p.id) p.id, {IsMatched("p")} as is_matched, p.agency as old_agency, o.agency as agency,
            p.announcement_url as old_url, o.url
        from programs p
        join program_postings o on o.program_id = p.id and o.vanished_at is null and {CountsFor("o")}
        where p.id in (select program_id from merge_gone where is_gone union select left_id from merge_postings where left_id <> program_id)
            and not exists (
                select from program_postings own
                where own.program_id = p.id and own.vanished_at is null and own.url = p.announcement_url)
        order by p.id, o.agency <> p.agency, {Distance("o.agency")}, o.first_seen_at desc, o.address;

        insert into program_changes (program_id, run_id, kind, changed_at, fields)
        select id, @run, 'Changed', @now, (
            select jsonb_agg(jsonb_build_object('field', f.name, 'old', f.old, 'new', f.new))
            from (values ('agency', old_agency::text, agency::text), ('announcement_url', old_url, url)) f(name, old, new)
            where f.old is distinct from f.new)
        from merge_moves;

        update programs p set announcement_url = m.url, agency = m.agency, updated_at = @now from merge_moves m where m.id = p.id;

        update program_postings o set list_hash = '' from merge_moves m
        where o.program_id = m.id and o.vanished_at is null;
        """;

    /// <summary>
    /// New, changed, unchanged and vanished programs, postings that programs have gained, and whether rankings may contain one that
    /// was changed.
    /// </summary>
    public static readonly string Count =
        $"""
        with changed as (select id from merge_changes where fields is not null union select id from merge_moves union select id from merge_amounts)
        select
            (select count(*) from merge_programs where is_new)::int,
            (select count(*) from changed)::int,
            (select count(distinct program_id) from merge_rows
                where outcome in ({Read}, {NotModified}) and not is_new and program_id not in (select id from changed))::int,
            (select count(*) from merge_vanished)::int,
            (select count(*) from merge_postings where left_id is distinct from program_id)::int,
            exists (select from merge_changes where is_matched and fields is not null)
                or exists (
                    select from merge_programs c join scrape_rows s on s.run_id = @run and s.address = c.address
                    where c.is_new and {IsMatched("s")})
                or exists (select from merge_vanished where is_matched)
                or exists (select from merge_moves where is_matched)
                or exists (select from merge_amounts where is_matched)
        """;

    /// <summary>Removes the run's staged rows.</summary>
    public const string Forget = "delete from scrape_rows where run_id = @run";

    /// <summary>After many new rows: until autovacuum has counted them, the planner takes the tables for small.</summary>
    public const string Analyze =
        """
        analyze programs (id, agency, kind, status, identity_key, fingerprint);
        analyze program_postings;
        """;

    /// <summary>
    /// How far a board is from the agencies of its programs: their own boards; IRIS, where they are applied for; collections of calls of
    /// small companies; NTIS, which repeats all others.
    /// </summary>
    internal static string Distance(string agency) =>
        $"(case {agency} when 'NTIS' then 3 when 'BIZINFO' then 2 when 'MSS' then 2 when 'KSTARTUP' then 2 when 'IRIS' then 1 else 0 end)";

    /// <summary>Whether rankings may contain the row's program: as <c>FundingProgram.IsMatched</c>.</summary>
    internal static string IsMatched(string row) => $"({row}.status = 'Upcoming' or ({row}.kind = 'Call' and {row}.status = 'Active'))";

    /// <summary>Whether a posting can stand for its program <c>p</c>: an advance notice cannot once its call is there.</summary>
    private static string CountsFor(string posting) => $"({posting}.kind is distinct from 'Notice' or not {IsCall})";
}
