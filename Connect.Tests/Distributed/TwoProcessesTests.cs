using System.Diagnostics;
using Connect.Benchmarks.Nodes;
using Connect.Tests.Functional;
using Connect.Tests.Functional.Caching;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>
/// The defect that Connect's cache exists for, on the stock one, and its absence on ours: two real processes, one
/// Redis, one Postgres, the same calls of the same abstraction.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class TwoProcessesTests(RunningApplication application)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Stock_cache_serves_evicted_values_from_memory_and_redis()
    {
        await using var nodes = await StartAsync(CacheNode.Stock);
        await nodes.ChangeAsync();

        var served = (Memory: await nodes.Reader.AskAsync("get"), Redis: await nodes.Reader.AskAsync("get-redis"));

        Assert.True(
            served == ("1", "1"),
            $"The stock HybridCache no longer serves an evicted value to another process (memory: {served.Memory}, Redis: {served.Redis}, "
            + "evicted: 1, present: 2). It may need no decorator any more: read docs/caching.md, and decide again.");
    }

    [Fact]
    public async Task Change_and_eviction_are_both_there_or_neither_when_the_writer_dies()
    {
        await using var nodes = await StartAsync(CacheNode.Generational);
        Assert.Equal("1", await nodes.Reader.AskAsync("get"));

        // Every step once, the one that is a matter of microseconds more often.
        string[] deaths = [.. SuddenDeath.Steps, SuddenDeath.Committing, SuddenDeath.Committing, SuddenDeath.Committing];
        for (var death = 0; death < deaths.Length; death++)
        {
            var step = deaths[death];
            var before = await nodes.LookAsync();
            await nodes.DieAsync($"change {death + 2} {step}");

            // A COMMIT that was sent may still be carried out; then what is there can be read, and nothing else.
            var after = before;
            await TestNode.EventuallyAsync(async () =>
            {
                after = await nodes.LookAsync();
                return await nodes.Reader.AskAsync("get") == after.Truth;
            });
            Assert.Equal(after.Truth, await nodes.Reader.AskAsync("get-redis"));
            Assert.Equal(after.Truth != before.Truth, after.Number != before.Number);
            Assert.True(step is SuddenDeath.Committing || (after != before) == step is SuddenDeath.Committed or SuddenDeath.Applied);
        }
    }

    [Fact]
    public async Task Connects_cache_never_serves_an_evicted_value()
    {
        await using var nodes = await StartAsync(CacheNode.Generational);
        await nodes.ChangeAsync();
        var acknowledged = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(acknowledged) < Freshness)
        {
            await nodes.Reader.AskAsync("get");
        }

        Assert.Equal("2", await nodes.Reader.AskAsync("get"));
        Assert.Equal("2", await nodes.Reader.AskAsync("get-redis"));
        Assert.Equal("2", await nodes.Writer.AskAsync("get"));
    }

    private async Task<Nodes> StartAsync(string kind)
    {
        var database = await TestDatabase.CreateAsync(application);
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var command = source.CreateCommand("create table cache_node_truth as select 1 as number"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var redis = await application.GetRedisAsync();
        Task<Node> StartNodeAsync() => Node.StartAsync(kind, database.ConnectionString, redis!);
        return new Nodes(database, await StartNodeAsync(), await StartNodeAsync(), StartNodeAsync);
    }

    /// <summary>A process that serves and one that changes the truth.</summary>
    private sealed record Nodes(TestDatabase Database, Node Reader, Node Writer, Func<Task<Node>> StartWriter) : IAsyncDisposable
    {
        /// <summary>The reader has the value and has seen its tag; then the writer changes the truth and evicts.</summary>
        public async Task ChangeAsync()
        {
            Assert.Equal("1", await Reader.AskAsync("get"));
            Assert.Equal("1", await Writer.AskAsync("get"));
            Assert.Equal("ok", await Writer.AskAsync("set 2"));
            Assert.Equal("ok", await Writer.AskAsync("evict"));
        }

        /// <summary>What is committed: the truth, and the number of its tag.</summary>
        public async Task<(string Truth, long Number)> LookAsync()
        {
            await using var source = NpgsqlDataSource.Create(Database.ConnectionString);
            await using var command = source.CreateCommand(
                "select number::text, coalesce((select max(generation) from cache_generations), 0) from cache_node_truth");
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            return (reader.GetString(0), reader.GetInt64(1));
        }

        /// <summary>Has a process of its own do what it does not survive.</summary>
        public async Task DieAsync(string command)
        {
            await using var writer = await StartWriter();
            await writer.DieAsync(command);
        }

        public async ValueTask DisposeAsync()
        {
            await Reader.DisposeAsync();
            await Writer.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly Process _process;

        private Node(Process process) => _process = process;

        public static async Task<Node> StartAsync(string kind, string database, string redis)
        {
            var start = new ProcessStartInfo("dotnet")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                ArgumentList = { typeof(CacheNode).Assembly.Location, "cache-node", kind, database, redis },
            };
            var node = new Node(Process.Start(start)!);
            Assert.Equal("ready", await node.ReadAsync());
            return node;
        }

        public async Task<string?> AskAsync(string command)
        {
            await _process.StandardInput.WriteLineAsync(command.AsMemory(), TestContext.Current.CancellationToken);
            await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            return await ReadAsync();
        }

        /// <summary>Asks for something that the process does not survive.</summary>
        public async Task DieAsync(string command)
        {
            await _process.StandardInput.WriteLineAsync(command.AsMemory(), TestContext.Current.CancellationToken);
            await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, _process.ExitCode);
        }

        public async ValueTask DisposeAsync()
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        private async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
    }
}
