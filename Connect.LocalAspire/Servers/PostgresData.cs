using System.Diagnostics;
using System.Globalization;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>The data folder of a server, with what stands beside it: the password and the lock.</summary>
internal sealed class PostgresData : IDisposable
{
    private static readonly TimeSpan PredecessorTimeout = TimeSpan.FromSeconds(10);

    private readonly string _passwordFile;
    private FileStream? _lock;

    public PostgresData(string folder, bool isKept)
    {
        Folder = folder;
        IsKept = isKept;
        _passwordFile = folder + ".password";
    }

    public string Folder { get; }

    /// <summary>Whether the data outlives the run.</summary>
    public bool IsKept { get; }

    /// <summary>The version that made the data; null where there is none yet.</summary>
    public int? MajorVersion =>
        File.Exists(VersionFile) && int.TryParse(File.ReadAllText(VersionFile).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;

    private string VersionFile => Path.Combine(Folder, "PG_VERSION");

    private string ProcessFile => Path.Combine(Folder, "postmaster.pid");

    /// <summary>Keeps a second AppHost away. The system lets go of the lock when this process ends, however it ends.</summary>
    public void Lock()
    {
        var file = Folder + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new EnvironmentProblemException($"The database folder {Folder} belongs to another user: change its owner or remove it.");
        }
        catch (IOException)
        {
            throw new EnvironmentProblemException($"Another AppHost is using the database in {Folder}: stop that one first.");
        }
    }

    /// <summary>The stored password, or the given one from now on.</summary>
    public async Task<string> KeepPasswordAsync(string fallback, CancellationToken cancellationToken)
    {
        if (File.Exists(_passwordFile))
        {
            try
            {
                return (await File.ReadAllTextAsync(_passwordFile, cancellationToken).ConfigureAwait(false)).Trim();
            }
            catch (UnauthorizedAccessException)
            {
                throw new EnvironmentProblemException($"The database password in {_passwordFile} belongs to another user: change the owner of it and of {Folder}, or remove both.");
            }
        }

        if (MajorVersion is not null)
        {
            throw new EnvironmentProblemException($"The database in {Folder} has lost its password file {_passwordFile}: restore the file or remove the folder.");
        }

        await PrivateFile.WriteAsync(_passwordFile, fallback + "\n", cancellationToken).ConfigureAwait(false);
        return fallback;
    }

    /// <summary>Deals with what a server that was not stopped has left behind.</summary>
    public async Task ClearStaleProcessAsync(CancellationToken cancellationToken)
    {
        if (ReadProcessId() is not { } processId)
        {
            return;
        }

        using var predecessor = FindServer(processId);
        if (predecessor is not null)
        {
            // After an AppHost was killed its server is being ended at this moment.
            try
            {
                await predecessor.WaitForExitAsync(cancellationToken).WaitAsync(PredecessorTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new EnvironmentProblemException($"A PostgreSQL server (process {processId}) is already running on {Folder}: stop it first.");
            }
        }

        File.Delete(ProcessFile);
    }

    public void Dispose() => _lock?.Dispose();

    internal int? ReadProcessId() =>
        File.Exists(ProcessFile)
        && File.ReadLines(ProcessFile).FirstOrDefault() is { } line
        && int.TryParse(line.Trim(), CultureInfo.InvariantCulture, out var processId) ? processId : null;

    /// <summary>The number may since have been given to any other program.</summary>
    private static Process? FindServer(int processId)
    {
        try
        {
            var process = Process.GetProcessById(processId);
            if (process.ProcessName is "postgres" or "postmaster")
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
