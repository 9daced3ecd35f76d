using System.Text.Json.Nodes;

namespace Connect.Tests.Functional.Upgrade;

/// <summary>A row of a table, as <c>to_jsonb</c> shows it.</summary>
internal sealed record StoredRow(string Table, JsonObject Columns);

/// <summary>Compares schemas and rows of two versions; every difference is a line.</summary>
internal static class ApprovedLines
{
    /// <summary>Lines of one text only: <c>-</c> is approved and gone, <c>+</c> is new.</summary>
    public static IReadOnlyList<string> Differences(string approved, string actual)
    {
        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        return [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")];
    }

    /// <summary>Tables without a row, and columns of tables that are null in all rows.</summary>
    public static IReadOnlyList<string> Gaps(IEnumerable<string> tables, IReadOnlyCollection<StoredRow> rows) =>
    [
        .. tables.Except(rows.Select(row => row.Table)).Select(table => $"{table} has no row"),
        .. from row in rows
           group row by row.Table into table
           from column in table.First().Columns
           where table.All(row => row.Columns[column.Key] is null)
           select $"{table.Key}.{column.Key} has no value",
    ];

    /// <summary>Columns of rows that no later row of the table has with the same values.</summary>
    public static IReadOnlyList<string> Losses(IReadOnlyCollection<StoredRow> before, IReadOnlyCollection<StoredRow> after) =>
    [
        .. from row in before
           let best = after.Where(other => other.Table == row.Table).Select(other => Lost(row, other)).MinBy(lost => lost.Count) ?? ["the row is gone"]
           from line in best
           select $"{row.Table}: {line}",
    ];

    private static List<string> Lost(StoredRow before, StoredRow after) =>
    [
        .. from column in before.Columns
           where !JsonNode.DeepEquals(column.Value, after.Columns[column.Key])
           select $"{column.Key} was {Show(column.Value)} and is {Show(after.Columns[column.Key])}",
    ];

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "null";
}
