using System.Collections.Concurrent;
using System.Globalization;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Processes;
using Npgsql;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Connect.Caching.Tests.Instances;

/// <summary>
/// A PostgreSQL and, where it is installed, a Redis of the tests' own. Under mutation the process runs its tests again for every
/// mutant: then the servers live as long as the process, and the databases of a run are dropped at its end.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private static ServerPrograms? _kept;
    private static int _databases;

    private readonly ConcurrentBag<string> _names = [];
    private ServerPrograms? _programs;
    private IDisposable? _lock;

    /// <summary>Host and port of Redis; null where it is not installed.</summary>
    public string? Redis => Programs.Redis is { } port ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") : null;

    private ServerPrograms Programs => _programs ?? throw new InvalidOperationException("The servers are not started.");

    /// <summary>A connection string for a database that does not exist yet.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        _names.Add(name);
        return ServerPrograms.ConnectionStringOf(Programs.Postgres, name);
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _lock = await TestRunLock.TakeAsync(CancellationToken.None);
        _programs = _kept ?? await ServerPrograms.StartAsync();
        if (Rounds.AreFew && _kept is null)
        {
            _kept = _programs;
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => _kept.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_kept is null)
        {
            await Programs.DisposeAsync();
        }
        else
        {
            await DropDatabasesAsync();
        }

        _lock?.Dispose();
    }

    private async Task DropDatabasesAsync()
    {
        await using var source = NpgsqlDataSource.Create(ServerPrograms.ConnectionStringOf(Programs.Postgres, "postgres"));
        foreach (var name in _names)
        {
            await using var command = source.CreateCommand($"drop database if exists {name} with (force)");
            await command.ExecuteNonQueryAsync();
        }
    }
}
