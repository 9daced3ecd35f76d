using Connect.Tests.Distributed;
using Connect.Tests.Unit.Api.Document;
using Npgsql;

namespace Connect.Tests.Functional.Privacy;

/// <summary>Whatever is stored is classified, and described with its retention.</summary>
public sealed class DataInventoryTests(RunningApplication application)
{
    // Written by Entity Framework; holds the names of migrations.
    private const string History = "__EFMigrationsHistory";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_column_is_classified_once()
    {
        var columns = (await ReadColumnsAsync()).ToLookup(column => column.Table, column => column.Name);

        Assert.Equal(DataInventory.Tables.Keys.Order(StringComparer.Ordinal), columns.Select(table => table.Key).Order(StringComparer.Ordinal));
        Assert.All(DataInventory.Tables, table => Assert.Equal(
            columns[table.Key].Order(StringComparer.Ordinal), table.Value.Personal.Concat(table.Value.Anonymous).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Every_table_is_described_with_its_retention()
    {
        var lines = await File.ReadAllLinesAsync(ApprovedDocument.RepositoryFile("docs/privacy.md"), CancellationToken);
        var rows = lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .SelectMany(row => row[0].Split(", ").Select(name => (Name: name.Trim('`'), Row: row)))
            .Where(row => row.Row.Length == 6)
            .ToDictionary(row => row.Name, row => row.Row);

        Assert.All(DataInventory.Tables, table =>
        {
            Assert.True(rows.TryGetValue(table.Key, out var row), $"{table.Key} is missing in docs/privacy.md.");
            Assert.All(row, cell => Assert.NotEmpty(cell));
            Assert.Equal(table.Value.Personal.Length > 0 ? "yes" : "no", row[2]);
        });
        Assert.Empty(rows.Keys.Except(DataInventory.Tables.Keys));
    }

    private async Task<List<(string Table, string Name)>> ReadColumnsAsync()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and table_name <> $1");
        command.Parameters.Add(new() { Value = History });
        await using var reader = await command.ExecuteReaderAsync(CancellationToken);
        List<(string Table, string Name)> columns = [];
        while (await reader.ReadAsync(CancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }
}
