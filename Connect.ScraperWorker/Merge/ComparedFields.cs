namespace Connect.ScraperWorker.Merge;

/// <summary>The fields of a program that its change history compares, as text.</summary>
internal static class ComparedFields
{
    // "start/end", in Korean time as the column has them, and "replaced start/end"; an end that is not announced is empty.
    private const string Periods =
        """
        (select string_agg(concat(case when (r.period ->> 'isReplaced')::boolean then 'replaced ' end, r.period ->> 'start', '/', r.period ->> 'end'), ' | ' order by r.place)
            from jsonb_array_elements({0}.periods) with ordinality r(period, place))
        """;

    private static readonly (string Name, string Text)[] All =
    [
        ("agency", "{0}.agency"),
        ("status", "{0}.status"),
        ("title", "{0}.title"),
        ("description", "{0}.description"),
        ("ministry", "{0}.ministry"),
        ("announcing_agency", "{0}.announcing_agency"),
        ("category", "{0}.category"),
        ("board_type", "{0}.board_type"),
        ("keywords", List("keywords")),
        ("target_types", List("stated_target_types")),
        ("min_trl", "{0}.stated_min_trl::text"),
        ("max_trl", "{0}.stated_max_trl::text"),
        ("budget_amount", "{0}.budget_amount::text"),
        ("published_at", Time("published_at")),
        ("application_start", Time("application_start")),
        ("deadline", Time("deadline")),
        ("periods", Periods),
        ("announcement_url", "{0}.announcement_url"),
        ("attachment_names", List("attachment_names")),
    ];

    /// <summary>Rows of place, name, old and new text for a VALUES list.</summary>
    public static string Sql(string old, string @new) => string.Join(
        ", ",
        All.Select((field, place) => $"({place}, '{field.Name}', {field.Text.Replace("{0}", old, StringComparison.Ordinal)}::text, {field.Text.Replace("{0}", @new, StringComparison.Ordinal)}::text)"));

    // An empty list is null. The separator occurs in no element; a comma would occur in file names.
    private static string List(string column) => $"nullif(array_to_string({{0}}.{column}, ' | '), '')";

    private static string Time(string column) =>
        $$"""to_char({0}.{{column}} at time zone 'Asia/Seoul', 'YYYY-MM-DD"T"HH24:MI:SS"+09:00"')""";
}
