using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Connect.Caching.Tests.Instances;

/// <summary>A running PostgreSQL and, where it is installed, a running Redis, with their data in a folder of their own.</summary>
internal sealed class ServerPrograms : IAsyncDisposable
{
    private const int MaxAttempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-caching-").FullName;
    private readonly List<Process> _processes = [];

    private ServerPrograms()
    {
    }

    /// <summary>Port of PostgreSQL on the loopback address.</summary>
    public int Postgres { get; private set; }

    /// <summary>Port of Redis on the loopback address; null where it is not installed.</summary>
    public int? Redis { get; private set; }

    /// <summary>Starts both and waits until they answer.</summary>
    public static async Task<ServerPrograms> StartAsync()
    {
        var servers = new ServerPrograms();
        await servers.StartPostgresAsync();
        if (PostgresPrograms.FindInPath("redis-server") is { } redis)
        {
            servers.Redis = await servers.ListenAsync(
                port => PostgresPrograms.StartPlain(redis, servers._folder, "--port", Text(port), "--bind", "127.0.0.1", "--save", ""),
                IsRedisAsync);
        }

        return servers;
    }

    /// <summary>A port of the loopback address that is free now; another process may take it before the server does.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A connection string for a database of a PostgreSQL on the loopback address.</summary>
    public static string ConnectionStringOf(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Database = database,
        MaxPoolSize = 20,
    }.ConnectionString;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartPostgresAsync()
    {
        var programs = PostgresPrograms.Find()
            ?? throw new InvalidOperationException("PostgreSQL was not found: install it, for example with 'apt-get install postgresql'.");
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        var data = Path.Combine(_folder, "data");
        using (var initialized = programs.Start("initdb", _folder, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"))
        {
            await initialized.WaitForExitAsync();
            Assert.Equal(0, initialized.ExitCode);
        }

        // The server is killed, and shared memory of another kind would stay.
        string[] memory = OperatingSystem.IsWindows() ? [] : ["-c", "dynamic_shared_memory_type=mmap"];
        Postgres = await ListenAsync(
            port => programs.Start(
                "postgres", _folder,
                [
                    "-D", data, "-p", Text(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                    "-c", "max_connections=300", "-c", "fsync=off", .. memory,
                ]),
            (_, port, token) => IsPostgresAsync(data, port, token));
    }

    /// <summary>Starts a server on a free port; on another one if it ends, because somebody else took the port meanwhile.</summary>
    private async Task<int> ListenAsync(Func<int, Process> start, Func<Process, int, CancellationToken, Task<bool>> answers)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = start(port);
            _processes.Add(process);
            if (await AnswersAsync(process, token => answers(process, port, token)))
            {
                return port;
            }

            if (attempt == MaxAttempts)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} did not listen on any of {MaxAttempts} ports.");
            }
        }
    }

    // Another server on the port answers as well, but not as this one.
    private static async Task<bool> AnswersAsync(Process process, Func<CancellationToken, Task<bool>> answers)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(Pace);
        while (!process.HasExited && Stopwatch.GetElapsedTime(startedAt) < Patience)
        {
            using var timeout = new CancellationTokenSource(AnswerTimeout);
            try
            {
                if (await answers(timeout.Token))
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or OperationCanceledException)
            {
                // It does not listen yet.
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return false;
    }

    private static async Task<bool> IsPostgresAsync(string data, int port, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringOf(port, "postgres"));
        await using var command = source.CreateCommand("show data_directory");
        return await command.ExecuteScalarAsync(cancellationToken) is string folder && folder == data;
    }

    private static async Task<bool> IsRedisAsync(Process process, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("INFO server\r\nQUIT\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellationToken)).Contains($"process_id:{Text(process.Id)}\r\n", StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
