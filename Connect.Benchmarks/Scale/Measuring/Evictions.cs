using Connect.Caching.Generations;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Scale.Measuring;

/// <summary>Evictions without the change behind them, and without the warming: the statement that ends every evicting write.</summary>
internal static class Evictions
{
    // A notification takes milliseconds; on a busy machine some more.
    private static readonly TimeSpan Heard = TimeSpan.FromMilliseconds(300);

    /// <summary>Evicts, and returns when all instances must have learned of it.</summary>
    public static async Task EvictAsync(this CheckedPostgres postgres, params string[] tags)
    {
        await using (var command = postgres.Driver.CreateCommand(GenerationStore.BumpSql))
        {
            GenerationStore.AddBumpParameters(command.Parameters, tags, "benchmark");
            await command.ExecuteNonQueryAsync();
        }

        await Task.Delay(Heard);
    }
}
