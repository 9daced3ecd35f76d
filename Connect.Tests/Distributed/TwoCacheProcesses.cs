using System.Diagnostics;
using Connect.Testing.Instances;
using Connect.Tests.Functional;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>Two real processes with a cache, a reader and a writer of one value in Postgres, on one Redis.</summary>
internal sealed record TwoCacheProcesses(TestDatabase Database, CacheProcess Reader, CacheProcess Writer, Func<Task<CacheProcess>> StartWriter) : IAsyncDisposable
{
    public static async Task<TwoCacheProcesses> StartAsync(RunningApplication application, string kind)
    {
        var database = await TestDatabase.CreateAsync(application);
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var command = source.CreateCommand("create table cache_instance_value as select 1 as number"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var redis = await application.GetRedisAsync();
        Task<CacheProcess> StartInstanceAsync() => CacheProcess.StartAsync(kind, database.ConnectionString, redis!);
        return new TwoCacheProcesses(database, await StartInstanceAsync(), await StartInstanceAsync(), StartInstanceAsync);
    }

    /// <summary>Has the reader cache the value; then the writer changes it in Postgres and evicts its tag.</summary>
    public async Task ChangeAsync()
    {
        Assert.Equal("1", await Reader.AskAsync("get"));
        Assert.Equal("1", await Writer.AskAsync("get"));
        Assert.Equal("ok", await Writer.AskAsync("set 2"));
        Assert.Equal("ok", await Writer.AskAsync("evict"));
    }

    /// <summary>The committed value in Postgres, and the generation of its tag.</summary>
    public async Task<(string Value, long Generation)> LookAsync()
    {
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString);
        await using var command = source.CreateCommand(
            "select number::text, coalesce((select max(generation) from cache_generations), 0) from cache_instance_value");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return (reader.GetString(0), reader.GetInt64(1));
    }

    /// <summary>Runs a command that kills its process, in a process of its own.</summary>
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

/// <summary>A process with a cache; it reads commands from its standard input, one a line, and answers each with a line.</summary>
internal sealed class CacheProcess : IAsyncDisposable
{
    private readonly Process _process;

    private CacheProcess(Process process) => _process = process;

    public static async Task<CacheProcess> StartAsync(string kind, string database, string redis)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { typeof(CacheInstance).Assembly.Location, CacheInstance.Verb, kind, database, redis },
        };
        var instance = new CacheProcess(Process.Start(start)!);
        Assert.Equal("ready", await instance.ReadAsync());
        return instance;
    }

    public async Task<string?> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return await ReadAsync();
    }

    /// <summary>Sends a command that ends the process.</summary>
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
