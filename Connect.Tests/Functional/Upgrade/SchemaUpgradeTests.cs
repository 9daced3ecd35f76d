using System.Reflection;
using System.Text.Json.Nodes;
using Connect.Data.Model;
using Connect.Tests.Distributed;
using Connect.Tests.Unit.Api.Document;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Connect.Tests.Functional.Upgrade;

/// <summary>The schema is approved, and rows that earlier versions wrote are read by this one.</summary>
public sealed class SchemaUpgradeTests(RunningApplication application)
{
    private const string Folder = "Connect.Tests/Functional/Upgrade";

    // Without the tables of Quartz and of the history of migrations.
    private const string TablesSql = """
        select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^(qrtz_|__EF)' order by relname collate "C"
        """;

    private const string SchemaSql = $"""
        with tables as (select c.* from pg_class c join ({TablesSql}) t on t.relname = c.relname where c.relnamespace = 'public'::regnamespace)
        select line from (
            select format('%s %s', relname, case relpersistence when 'u' then 'unlogged table' else 'table' end) from tables
            union all
            select format('%s column %s %s%s%s%s', relname, attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' end,
                ' default ' || pg_get_expr(adbin, adrelid), case attidentity when 'a' then ' identity always' when 'd' then ' identity by default' end)
            from tables join pg_attribute a on a.attrelid = tables.oid and attnum > 0 and not attisdropped
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            union all
            select format('%s constraint %s %s', relname, conname, pg_get_constraintdef(c.oid))
            from tables join pg_constraint c on c.conrelid = tables.oid where contype <> 'n'
            union all
            select format('%s %s', relname, pg_get_indexdef(indexrelid)) from tables join pg_index on indrelid = tables.oid
        ) lines (line) order by line collate "C"
        """;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrated_schema_is_the_approved_one()
    {
        const string Path = $"{Folder}/schema.txt";
        await using var database = await TestDatabase.CreateAsync(application);
        var actual = string.Concat((await QueryAsync(database, SchemaSql)).Select(line => line + "\n"));
        if (ApprovedDocument.TryReplace(Path, actual))
        {
            return;
        }

        var differences = ApprovedLines.Differences(await File.ReadAllTextAsync(ApprovedDocument.RepositoryFile(Path), CancellationToken), actual);
        Assert.True(differences.Count == 0, $"""
            The schema is not the approved one, {Path}:
            {string.Join('\n', differences)}
            If this is meant, run this test with CONNECT_APPROVE=true and commit the file.
            """);
    }

    [Fact]
    public async Task Rows_of_earlier_versions_are_read_and_written_back_as_they_were()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(application);
        var before = await WriteRowsAsync(database);
        Assert.Empty(ApprovedLines.Gaps(await QueryAsync(database, TablesSql), before));

        await using var context = database.CreateContext();
        foreach (var type in context.Model.GetEntityTypes().Where(type => type.GetTableName() is not null && !type.IsOwned()))
        {
            var read = (Task<int>)typeof(SchemaUpgradeTests).GetMethod(nameof(TouchAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType).Invoke(null, [context])!;
            Assert.True(await read > 0, $"{type.DisplayName()} is not read from {type.GetTableName()}.");
        }

        await context.SaveChangesAsync(CancellationToken);

        Assert.Empty(ApprovedLines.Losses(before, await ReadRowsAsync(database)));
    }

    [Fact]
    public async Task Rows_that_versions_before_insert_are_taken_while_they_run_beside_this_one()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var context = database.CreateContext();
        var written = 0;
        foreach (var migration in context.Database.GetMigrations())
        {
            // They name the columns that their version knew: what was added since is nullable or has a default.
            var file = ApprovedDocument.RepositoryFile($"{Folder}/rows/{migration.Split('_', 2)[1]}.sql");
            if (File.Exists(file))
            {
                await using var command = source.CreateCommand(await File.ReadAllTextAsync(file, CancellationToken));
                written += await command.ExecuteNonQueryAsync(CancellationToken);
            }
        }

        Assert.True(written > 0);
        Assert.Empty((await QueryAsync(database, TablesSql)).Except((await ReadRowsAsync(database)).Select(row => row.Table)));
    }

    // Each migration's rows are written before the next migration, as a running version would have done.
    private static async Task<List<StoredRow>> WriteRowsAsync(TestDatabase database)
    {
        var rows = new List<StoredRow>();
        await using var context = database.CreateContext();
        foreach (var migration in context.Database.GetMigrations())
        {
            await context.GetService<IMigrator>().MigrateAsync(migration, CancellationToken);
            var file = ApprovedDocument.RepositoryFile($"{Folder}/rows/{migration.Split('_', 2)[1]}.sql");
            if (File.Exists(file))
            {
                await using var source = NpgsqlDataSource.Create(database.ConnectionString);
                await using var command = source.CreateCommand(await File.ReadAllTextAsync(file, CancellationToken));
                await command.ExecuteNonQueryAsync(CancellationToken);
                rows.AddRange((await ReadRowsAsync(database)).Where(row => ApprovedLines.Losses([row], rows).Count > 0));
            }
        }

        return rows;
    }

    // Saving entities whose properties are all modified shows each property's conversion in both directions.
    private static async Task<int> TouchAsync<T>(ConnectDbContext context)
        where T : class
    {
        var entities = await context.Set<T>().AsTracking().ToListAsync(CancellationToken);
        foreach (var property in entities.SelectMany(entity => context.Entry(entity).Properties))
        {
            property.IsModified = !property.Metadata.IsKey() && property.Metadata.GetAfterSaveBehavior() == PropertySaveBehavior.Save;
        }

        return entities.Count;
    }

    private static async Task<List<StoredRow>> ReadRowsAsync(TestDatabase database)
    {
        var rows = new List<StoredRow>();
        foreach (var table in await QueryAsync(database, TablesSql))
        {
            rows.AddRange((await QueryAsync(database, $"select to_jsonb(t)::text from \"{table}\" t"))
                .Select(row => new StoredRow(table, JsonNode.Parse(row)!.AsObject())));
        }

        return rows;
    }

    private static async Task<List<string>> QueryAsync(TestDatabase database, string sql)
    {
        await using var context = database.CreateContext();
        return await context.Database.SqlQueryRaw<string>(sql).ToListAsync(CancellationToken);
    }
}
