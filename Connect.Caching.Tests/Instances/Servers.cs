using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Processes;
using Npgsql;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Connect.Caching.Tests.Instances;

/// <summary>A PostgreSQL and, where it is installed, a Redis of the tests' own, on free ports of the loopback address.</summary>
public sealed class Servers : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-caching-").FullName;
    private readonly int _postgresPort = FreePort();
    private readonly int _redisPort = FreePort();
    private IDisposable? _lock;
    private Process? _postgres;
    private Process? _redis;
    private int _databases;

    /// <summary>Host and port of Redis; null where it is not installed.</summary>
    public string? Redis => _redis is null ? null : string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_redisPort}");

    /// <summary>A connection string for a database that does not exist yet.</summary>
    public string NewDatabase() => ConnectionStringOf($"test_{Interlocked.Increment(ref _databases)}");

    /// <summary>A free port of the loopback address.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _lock = await TestRunLock.TakeAsync(CancellationToken.None);
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

        _postgres = programs.Start(
            "postgres", _folder, "-D", data, "-p", _postgresPort.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "fsync=off");
        await AwaitPostgresAsync();
        if (PostgresPrograms.FindInPath("redis-server") is { } redis)
        {
            _redis = PostgresPrograms.StartPlain(
                redis, _folder, "--port", _redisPort.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in (Process?[])[_redis, _postgres])
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process?.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
        _lock?.Dispose();
    }

    private string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _postgresPort,
        Username = "postgres",
        Database = database,
        MaxPoolSize = 20,
    }.ConnectionString;

    private async Task AwaitPostgresAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(startedAt) < Patience && _postgres is { HasExited: false })
            {
                await pace.WaitForNextTickAsync();
            }
        }
    }
}
