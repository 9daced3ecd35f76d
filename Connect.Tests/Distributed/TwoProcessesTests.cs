using System.Diagnostics;
using Aspire.Hosting.Testing;
using Connect.Benchmarks.Nodes;
using Connect.Tests.Functional;
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

        // The day this fails, the stock cache keeps its promise across processes and needs no decorator any more.
        Assert.Equal("1", await nodes.Reader.AskAsync("get"));
        Assert.Equal("1", await nodes.Reader.AskAsync("get-redis"));
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

        var redis = await (await application.GetAsync()).GetConnectionStringAsync("cache", TestContext.Current.CancellationToken);
        return new Nodes(database, await Node.StartAsync(kind, database.ConnectionString, redis!), await Node.StartAsync(kind, database.ConnectionString, redis!));
    }

    /// <summary>A process that serves and one that changes the truth.</summary>
    private sealed record Nodes(TestDatabase Database, Node Reader, Node Writer) : IAsyncDisposable
    {
        /// <summary>The reader has the value and has seen its tag; then the writer changes the truth and evicts.</summary>
        public async Task ChangeAsync()
        {
            Assert.Equal("1", await Reader.AskAsync("get"));
            Assert.Equal("1", await Writer.AskAsync("get"));
            Assert.Equal("ok", await Writer.AskAsync("set 2"));
            Assert.Equal("ok", await Writer.AskAsync("evict"));
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
