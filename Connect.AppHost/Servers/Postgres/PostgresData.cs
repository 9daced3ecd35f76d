using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>The data folder of a server, with its password and its lock beside it.</summary>
internal sealed class PostgresData(string folder, bool isKept) : IDisposable
{
    private static readonly TimeSpan PredecessorTimeout = TimeSpan.FromSeconds(10);

    private FileStream? _lock;

    public string Folder { get; } = folder;

    /// <summary>Whether the data outlives the run.</summary>
    public bool IsKept { get; } = isKept;

    /// <summary>The version that made the data; null where there is none yet.</summary>
    public int? MajorVersion =>
        File.Exists(VersionFile) && int.TryParse(File.ReadAllText(VersionFile).Trim(), CultureInfo.InvariantCulture, out var major) ? major : null;

    private string VersionFile => Path.Combine(Folder, "PG_VERSION");

    private string ProcessFile => Path.Combine(Folder, "postmaster.pid");

    /// <summary>The password of the data that is kept in a folder; null where there is none, or it cannot be read.</summary>
    public static string? ReadPassword(string folder)
    {
        foreach (var file in new[] { PasswordFile(folder), PasswordFile(Elsewhere(folder)) }.Where(File.Exists))
        {
            try
            {
                return File.ReadAllText(file).Trim();
            }
            catch (UnauthorizedAccessException)
            {
                // OpenAsync reports it.
            }
        }

        return null;
    }

    /// <summary>The folder to use if the server's user cannot reach the wanted one; it differs by the wanted one's path.</summary>
    public static string Elsewhere(string folder)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..10];
        return Path.Combine("/var/tmp", $"connect-{hash}", Path.GetFileName(folder));
    }

    /// <summary>Locks the folder for this process, and ends a server that an earlier one has left running on it.</summary>
    /// <exception cref="EnvironmentProblemException">The data cannot be used; the message says what to do.</exception>
    public async Task OpenAsync(int serverVersion, CancellationToken cancellationToken)
    {
        if (!IsKept)
        {
            return;
        }

        Lock();
        await EndPredecessorAsync(cancellationToken).ConfigureAwait(false);
        if (MajorVersion is not { } made)
        {
            return;
        }

        if (made != serverVersion)
        {
            throw new EnvironmentProblemException(
                $"The database in {Folder} was made by PostgreSQL {made} and this machine has version {serverVersion}: install version {made}, or remove the folder and {PasswordFile(Folder)}.");
        }

        CheckPassword();
    }

    /// <summary>Keeps the password beside data that is kept.</summary>
    public Task KeepPasswordAsync(string password, CancellationToken cancellationToken) =>
        IsKept ? PrivateFile.WriteAsync(PasswordFile(Folder), password + "\n", cancellationToken) : Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    internal static string PasswordFile(string folder) => folder + ".password";

    internal int? ReadProcessId() =>
        File.Exists(ProcessFile)
        && File.ReadLines(ProcessFile).FirstOrDefault() is { } line
        && int.TryParse(line.Trim(), CultureInfo.InvariantCulture, out var processId) ? processId : null;

    /// <summary>Excludes a second AppHost. The system releases the lock when this process ends, even if it is killed.</summary>
    private void Lock()
    {
        var file = Folder + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            _lock ??= new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

    private void CheckPassword()
    {
        var file = PasswordFile(Folder);
        if (!File.Exists(file))
        {
            throw new EnvironmentProblemException($"The database in {Folder} has lost its password file {file}: restore the file or remove the folder.");
        }

        try
        {
            File.OpenRead(file).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            throw new EnvironmentProblemException(
                $"The database password in {file} belongs to another user: change the owner of it and of {Folder}, or remove both.");
        }
    }

    /// <summary>Waits for the end of a server whose AppHost was killed, then removes its process file.</summary>
    private async Task EndPredecessorAsync(CancellationToken cancellationToken)
    {
        if (ReadProcessId() is not { } processId)
        {
            return;
        }

        using var predecessor = FindServer(processId);
        if (predecessor is not null)
        {
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

    /// <summary>The running server with this process id; the id may belong to another program by now.</summary>
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
