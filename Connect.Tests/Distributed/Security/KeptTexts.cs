using System.Text;
using Npgsql;
using StackExchange.Redis;

namespace Connect.Tests.Distributed.Security;

/// <summary>Everything that a store holds, as text.</summary>
internal static class KeptTexts
{
    /// <summary>Every row of every table of the database, by table.</summary>
    public static async Task<Dictionary<string, string>> OfDatabaseAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        List<string> tables = [];
        await using (var command = source.CreateCommand("select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        Dictionary<string, string> texts = [];
        foreach (var table in tables)
        {
            // A whole row as text: every column of any type. Bytes come in hexadecimal, which DecodeHex turns back.
            await using var command = source.CreateCommand($"select coalesce(string_agg(t::text, E'\\n'), '') from \"{table}\" t");
            texts[table] = DecodeHex((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        return texts;
    }

    /// <summary>Every key and value of one key space, of every type.</summary>
    public static async Task<string> OfRedisAsync(string configuration, int keySpace)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{configuration},allowAdmin=true,defaultDatabase={keySpace}");
        var database = connection.GetDatabase();
        var text = new StringBuilder();
        await foreach (var key in connection.GetServers()[0].KeysAsync(keySpace))
        {
            text.AppendLine(key.ToString());
            text.AppendLine(await database.KeyTypeAsync(key) switch
            {
                RedisType.String => Text(await database.StringGetAsync(key)),
                RedisType.Hash => string.Join('\n', (await database.HashGetAllAsync(key)).Select(entry => $"{Text(entry.Name)}={Text(entry.Value)}")),
                RedisType.List => string.Join('\n', (await database.ListRangeAsync(key)).Select(Text)),
                RedisType.Set => string.Join('\n', (await database.SetMembersAsync(key)).Select(Text)),
                RedisType.SortedSet => string.Join('\n', (await database.SortedSetRangeByRankAsync(key)).Select(Text)),
                var type => throw new NotSupportedException($"{key} is a {type}: it has to be searched, too."),
            });
        }

        return text.ToString();
    }

    public static async Task ClearRedisAsync(string configuration, int keySpace)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{configuration},allowAdmin=true,defaultDatabase={keySpace}");
        await connection.GetDatabase().ExecuteAsync("FLUSHDB");
    }

    private static string Text(RedisValue value) => Encoding.UTF8.GetString((byte[]?)value ?? []);

    private static string DecodeHex(string text) => !text.Contains("\\x", StringComparison.Ordinal)
        ? text
        : text + System.Text.RegularExpressions.Regex.Replace(
            text, @"\\x((?:[0-9a-f]{2})+)", static match => Encoding.UTF8.GetString(Convert.FromHexString(match.Groups[1].Value)));
}
