namespace Connect.ScraperWorker.Merge;

/// <summary>The statements that keep the postings: where each call stands, and what is gone. Parameters as in <see cref="MergeSql"/>.</summary>
internal static class PostingSql
{
    /// <summary>Writes what is new or differs, and takes back what was missed once and is there again.</summary>
    public const string Keep =
        """
        create temporary table merge_postings on commit drop as
        select s.address, m.program_id, s.announcement_url as url, s.list_hash, s.etag, s.last_modified,
            o.program_id as left_id
        from merge_rows m
        join scrape_rows s on s.run_id = @run and s.address = m.address
        left join program_postings o on o.agency = @agency and o.address = m.address
        where m.outcome = 0 and m.program_id is not null and (o.address is null
            or (o.program_id, o.url, o.list_hash, o.etag, o.last_modified, o.vanished_at, o.missed_runs)
                is distinct from (m.program_id, s.announcement_url, s.list_hash, s.etag, s.last_modified, null, 0));

        insert into program_postings (agency, address, program_id, url, list_hash, etag, last_modified, first_seen_at, missed_runs)
        select @agency, address, program_id, url, list_hash, etag, last_modified, @now, 0 from merge_postings
        on conflict (agency, address) do update set
            program_id = excluded.program_id, url = excluded.url, list_hash = excluded.list_hash, etag = excluded.etag,
            last_modified = excluded.last_modified, missed_runs = 0, vanished_at = null;

        update program_postings o set missed_runs = 0
        from scrape_rows s
        where o.agency = @agency and o.missed_runs > 0 and s.run_id = @run and s.attempt = @attempt
            and s.address = o.address and s.outcome in (1, 2);
        """;

    /// <summary>
    /// An unmodified row that speaks for its call, and did not when its page was read: what it said then was passed over, and
    /// is read anew.
    /// </summary>
    public const string Reread =
        $"""
        update program_postings o set list_hash = ''
        from merge_calls c join programs p on p.id = c.program_id
        where c.outcome = 1 and o.agency = @agency and o.address = c.address and o.list_hash <> ''
            and p.announcement_url <> o.url and p.status <> 'Archived' and {MergeSql.Speaks};
        """;

    /// <summary>
    /// What was looked for behind the list. A page that is gone is believed at once; one that has merely lost its
    /// announcement could be a fault of the moment, and is believed the second time.
    /// </summary>
    public const string Vanish =
        """
        create temporary table merge_gone on commit drop as
        select o.address, o.program_id, o.url,
            s.outcome = 3 or (s.outcome = 4 and o.missed_runs > 0) as is_gone
        from program_postings o join scrape_rows s on s.address = o.address
        where s.run_id = @run and s.attempt = @attempt and s.outcome in (3, 4, 5) and o.agency = @agency and o.vanished_at is null;

        update program_postings o set
            checked_at = @now,
            missed_runs = case when s.outcome = 5 then 0 else o.missed_runs + 1 end,
            vanished_at = case when g.is_gone then @now end,
            list_hash = case when g.is_gone then '' else o.list_hash end
        from merge_gone g join scrape_rows s on s.run_id = @run and s.address = g.address
        where o.agency = @agency and o.address = g.address;

        update program_postings o set checked_at = @now
        from scrape_rows s
        where s.run_id = @run and s.attempt = @attempt and s.outcome = 7 and o.agency = @agency and o.address = s.address;
        """;

    /// <summary>Calls that have no posting left. A posting that now shows another call is one the less, too.</summary>
    public static readonly string FindVanished =
        $"""
        create temporary table merge_vanished on commit drop as
        select p.id, {MergeSql.IsMatched("p")} as is_matched
        from programs p
        where p.status = 'Active'
            and p.id in (select program_id from merge_gone where is_gone union select left_id from merge_postings where left_id <> program_id)
            and not exists (select from program_postings o where o.program_id = p.id and o.vanished_at is null);
        """;

    /// <summary>How many calls that is, and of how many.</summary>
    public const string CountVanished =
        """
        select (select count(*) from merge_vanished)::int,
            (select count(*) from programs where agency = @agency and status = 'Active')::int
        """;

    /// <summary>
    /// Ends the calls that are gone, and gives the others the address of a posting that is there: on their own board, else on
    /// another agency's, else on the portal. What it said was passed over so far: it is read anew in the next run.
    /// </summary>
    public static readonly string End =
        $"""
        insert into program_changes (program_id, run_id, kind, changed_at, fields)
        select id, @run, 'Vanished', @now, jsonb_build_array(jsonb_build_object('field', 'status', 'old', 'Active', 'new', 'Expired'))
        from merge_vanished;

        update programs p set status = 'Expired', updated_at = @now from merge_vanished v where v.id = p.id;

        create temporary table merge_moves on commit drop as
        select distinct on (p.id) p.id, {MergeSql.IsMatched("p")} as is_matched, p.agency as old_agency, o.agency as agency,
            p.announcement_url as old_url, o.url
        from programs p
        join program_postings o on o.program_id = p.id and o.vanished_at is null
        where p.id in (select program_id from merge_gone where is_gone union select left_id from merge_postings where left_id <> program_id)
            and not exists (
                select from program_postings own
                where own.program_id = p.id and own.vanished_at is null and own.url = p.announcement_url)
        order by p.id, o.agency <> p.agency, o.agency = @portal, o.first_seen_at desc, o.address;

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

    public const string Forget = "delete from scrape_rows where run_id = @run";
}
