namespace Connect.ScraperWorker.Merge;

/// <summary>
/// The statements of a merge (<see cref="MergeSql"/>) about amounts that a program's own board does not state, and another does.
/// Each posting keeps the amount that stands there, so that it is known whose a program's is.
/// </summary>
internal static class AmountSql
{
    /// <summary>Whether the amount of program <c>p</c> is not set by hand.</summary>
    private const string HasFreeAmount =
        "not exists (select from program_corrections o where o.program_id = p.id and o.field = 'BudgetAmount' and o.conflict_at is null)";

    /// <summary>
    /// An amount that the deciding page does not state is that of the nearest other board, which often has it: agencies put it into
    /// attachments.
    /// </summary>
    public static readonly string Complete =
        $"""
        update scrape_rows s set budget_amount = {AmountFrom("o.agency <> @agency")}
        from merge_programs c join programs p on p.id = c.program_id
        where s.run_id = @run and s.address = c.address and c.outcome = {MergeSql.Read} and not c.is_new and s.budget_amount is null
            and {MergeSql.Decides} and {HasFreeAmount}
        """;

    /// <summary>
    /// The other way round: what this board states of an amount is that of its rows' programs of other boards whose own page states
    /// none, unless another one has given them theirs.
    /// </summary>
    public static readonly string Amounts =
        $"""
        create temporary table merge_amounts on commit drop as
        select distinct on (p.id) p.id, p.budget_amount as old, {AmountFrom("o.agency <> p.agency")} as new, {MergeSql.IsMatched("p")} as is_matched
        from merge_rows m
        join merge_stated t on t.address = m.address
        join programs p on p.id = m.program_id
        left join merge_postings w on w.address = m.address
        where m.outcome = {MergeSql.Read} and p.agency <> @agency and {HasFreeAmount}
            and (p.budget_amount is null or p.budget_amount = case when w.address is null then t.budget_amount else w.left_amount end)
            and not exists (
                select from program_postings own
                where own.program_id = p.id and own.agency = p.agency and own.url = p.announcement_url and own.vanished_at is null
                    and own.budget_amount is not null)
        order by p.id, m.ordinal;

        delete from merge_amounts where new is not distinct from old;

        insert into program_changes (program_id, run_id, kind, changed_at, fields)
        select id, @run, 'Changed', @now, jsonb_build_array(jsonb_build_object('field', 'budget_amount', 'old', old::text, 'new', new::text))
        from merge_amounts;

        update programs p set budget_amount = a.new, updated_at = @now from merge_amounts a where a.id = p.id;
        """;

    /// <summary>The amount that the nearest of some boards states for program <c>p</c>; null where none does.</summary>
    private static string AmountFrom(string boards) =>
        $"""
        (select o.budget_amount from program_postings o
            where o.program_id = p.id and {boards} and o.vanished_at is null and o.budget_amount is not null
            order by {MergeSql.Distance("o.agency")}, o.first_seen_at desc, o.address limit 1)
        """;
}
