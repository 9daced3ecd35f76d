using Connect.AppHost.Servers;
using Connect.Testing.Processes;
using StackExchange.Redis;

namespace Connect.Testing.Servers;

/// <summary>A Redis of a run's own: redis-server, or Garnet where there is none.</summary>
internal sealed class CheckedRedis : IAsyncDisposable
{
    /// <summary>As much as under the AppHost, in MiB.</summary>
    public const int AppHostMebibytes = 256;

    private const string Dump = "dump.rdb";

    private readonly CheckerProcesses _processes;
    private readonly IReadOnlyList<string> _command;
    private readonly string _folder;
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port = PortAllocator.Next();
    private readonly int _mebibytes;
    private ManagedProcess? _process;

    private CheckedRedis(CheckerProcesses processes, IReadOnlyList<string> command, bool isGarnet, int mebibytes)
    {
        (_processes, _command, _mebibytes, IsGarnet) = (processes, command, mebibytes, isGarnet);
        _folder = processes.Folder.Subfolder("redis");
        Configuration = $"127.0.0.1:{_port},password={_password}";
    }

    /// <summary>For the instances that are tested.</summary>
    public string Configuration { get; }

    /// <summary>Garnet has no snapshots in Redis' format, and not all administrators' commands.</summary>
    public bool IsGarnet { get; }

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Makes an empty server that keeps so many MiB at most.</summary>
    public static async Task<CheckedRedis> StartNewAsync(
        CheckerProcesses processes, CancellationToken cancellationToken, int mebibytes = AppHostMebibytes)
    {
        var program = SystemPrograms.Find("redis-server");
        var command = program is not null
            ? [program]
            : await new DotnetTool("garnet-server", Environment.CurrentDirectory).FindCommandAsync(cancellationToken)
                ?? throw new EnvironmentProblemException($"Neither Redis nor Garnet was found: install Redis with '{InstallCommands.Redis}'.");
        var redis = new CheckedRedis(processes, command, isGarnet: program is null, mebibytes);
        await redis.StartAsync(keepSnapshot: false, cancellationToken);
        return redis;
    }

    /// <summary>Starts the server, empty or on the snapshot that was kept, and waits until it answers.</summary>
    public async Task StartAsync(bool keepSnapshot, CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(_folder, Dump));
        if (keepSnapshot)
        {
            File.Copy(Path.Combine(_folder, "kept.rdb"), Path.Combine(_folder, Dump));
        }

        _process = _processes.Start(new(
            _command[0],
            IsGarnet ? await GarnetArgumentsAsync(cancellationToken) : await RedisArgumentsAsync(cancellationToken),
            _folder));
        while (!await AnswersAsync())
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Writes the present content to a file that a later start can begin with.</summary>
    public async Task KeepSnapshotAsync()
    {
        await ExecuteAsync("SAVE");
        File.Copy(Path.Combine(_folder, Dump), Path.Combine(_folder, "kept.rdb"), overwrite: true);
    }

    /// <summary>Runs a command on a connection of its own.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Configuration},allowAdmin=true,connectTimeout=2000");
        return await connection.GetServers()[0].ExecuteAsync(command, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("PING");
            return true;
        }
        catch (RedisException)
        {
            return _process!.Exited.IsCompleted ? throw new InvalidOperationException("Redis ended.") : false;
        }
    }

    private async Task<IReadOnlyList<string>> RedisArgumentsAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "redis.conf");
        await PrivateFile.WriteAsync(file, $"""
            bind 127.0.0.1
            port {_port}
            requirepass {_password}
            save ""
            appendonly no
            maxmemory {_mebibytes}mb
            maxmemory-policy allkeys-lru
            dir {_folder}

            """, cancellationToken);
        return [file];
    }

    private async Task<IReadOnlyList<string>> GarnetArgumentsAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "garnet.conf");
        await PrivateFile.WriteAsync(file, $$"""{ "AuthenticationMode": "Password", "Password": "{{_password}}" }""", cancellationToken);
        return
        [
            .. _command.Skip(1), "--config-import-path", file, "--port", $"{_port}", "--bind", "127.0.0.1",
            "--index", "16m", "--memory", $"{_mebibytes}m", "--checkpointdir", _folder, "--lua", "-q",
        ];
    }
}
