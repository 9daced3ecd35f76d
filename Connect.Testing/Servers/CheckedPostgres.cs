using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost.Servers;
using Connect.AppHost.Servers.Postgres;
using Connect.Testing.Processes;
using Npgsql;

namespace Connect.Testing.Servers;

/// <summary>A PostgreSQL server of a run's own, which can be stopped, started and restored from a copy of its data.</summary>
internal sealed class CheckedPostgres : IAsyncDisposable
{
    private const string UserName = "postgres";
    private const string DatabaseName = "connectdb";

    private readonly CheckerProcesses _processes;
    private readonly PostgresInstallation _installation;
    private readonly UnprivilegedUser? _user;
    private readonly string _folder;
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port = PortAllocator.Next();
    private readonly bool _isDurable;
    private readonly string[] _settings;
    private ManagedProcess? _process;

    private CheckedPostgres(CheckerProcesses processes, PostgresInstallation installation, bool isDurable, string[] settings)
    {
        (_processes, _installation, _isDurable, _settings) = (processes, installation, isDurable, settings);
        _user = UnprivilegedUser.Needed();
        _folder = processes.Folder.Subfolder("postgres");
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = UserName,
            Password = _password,
            Database = DatabaseName,
            MaxPoolSize = 40,
        }.ConnectionString;
        Driver = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "freshness-driver", Timeout = 3 });
    }

    /// <summary>For the instances that are tested.</summary>
    public string ConnectionString { get; }

    /// <summary>For the driver, which reads past all caches.</summary>
    public NpgsqlDataSource Driver { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>
    /// Makes a server with an empty database and further settings, as <c>name=value</c>. One that is not durable is
    /// faster than real servers, which survive a loss of power.
    /// </summary>
    public static async Task<CheckedPostgres> StartNewAsync(
        CheckerProcesses processes, bool isDurable, CancellationToken cancellationToken, params string[] settings)
    {
        var installation = await PostgresLocator.ForThisMachine().FindAsync(wantedMajor: null, cancellationToken)
            ?? throw new EnvironmentProblemException($"PostgreSQL was not found: install it with '{InstallCommands.Postgres}'.");
        var postgres = new CheckedPostgres(processes, installation, isDurable, settings);
        await postgres.InitializeAsync(cancellationToken);
        await postgres.StartAsync(cancellationToken);
        return postgres;
    }

    /// <summary>Starts the server on the data in its folder, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (fileName, arguments) = AsServerUser(
            _installation.Postgres,
            [
                "-D", Data, "-p", $"{_port}",
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400",
                "-c", "log_checkpoints=off",

                // Of a server that is killed for the last time, POSIX segments would stay in memory.
                .. OperatingSystem.IsWindows() ? (string[])[] : ["-c", "dynamic_shared_memory_type=mmap"],
                .. _isDurable ? (string[])[] : ["-c", "fsync=off", "-c", "full_page_writes=off"],
                .. _settings.SelectMany(setting => (string[])["-c", setting]),
            ]);
        _process = _processes.Start(
            new(fileName, arguments, _folder) { StopSignal = UnixSignal.Interrupt, StopTimeout = TimeSpan.FromSeconds(15) });
        while (!await AnswersAsync(cancellationToken))
        {
            if (_process.Exited.IsCompleted)
            {
                throw new InvalidOperationException($"Postgres ended: {_process.Log()}");
            }

            await Task.Delay(20, cancellationToken);
        }

        // Connections to the server before this one are of no use.
        Driver.Clear();
    }

    /// <summary>Ends the server at once but in order, as an administrator's "fast" stop does.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.StopAsync();
            await process.DisposeAsync();
        }
    }

    /// <summary>Copies the data of the stopped server, or brings a copy back in its place.</summary>
    public Task CopyAsync(string from, string to, CancellationToken cancellationToken) =>
        Cli.Wrap("/bin/sh")
            .WithArguments(["-c", "rm -rf -- \"$1\" && cp -a -- \"$0\" \"$1\"", Path.Combine(_folder, from), Path.Combine(_folder, to)])
            .ExecuteAsync(cancellationToken);

    /// <summary>Runs a statement of the driver's own.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Driver.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads rows on the driver's own connection; the parameters are <c>$1</c> and on.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
    {
        await using var command = Driver.CreateCommand(sql);
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The number of the next transaction: rows that are written from here on have at least it.</summary>
    public async Task<long> NextTransactionAsync() =>
        (await QueryAsync("select pg_current_xact_id()::text::bigint", row => row.GetInt64(0))).Single();

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await StopAsync();
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(_folder, "password");
        await PrivateFile.WriteAsync(passwordFile, _password + "\n", cancellationToken);
        if (_user is not null)
        {
            await _user.TakeOverAsync(_folder, cancellationToken);
        }

        var (fileName, arguments) = AsServerUser(
            _installation.InitDb,
            [
                "-D", Data, "-U", UserName, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8",
                OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--no-locale", "--no-sync",
            ]);
        var result = await Cli.Wrap(fileName).WithArguments(arguments).WithWorkingDirectory(_folder)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb failed: {result.StandardError.Trim()}");
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false, Timeout = 2 }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var exists = new NpgsqlCommand($"select exists (select from pg_database where datname = '{DatabaseName}')", connection);
            if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            {
                await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
            }

            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private (string FileName, IReadOnlyList<string> Arguments) AsServerUser(string fileName, IReadOnlyList<string> arguments) =>
        _user is null ? (fileName, arguments) : _user.Wrap(fileName, arguments);
}
