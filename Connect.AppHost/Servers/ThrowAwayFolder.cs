namespace Connect.AppHost.Servers;

/// <summary>
/// A folder for the files of one run, made on first use and removed with the run. A run that was killed leaves its
/// folder behind; the next one removes it, because the lock in it is free by then.
/// </summary>
internal sealed class ThrowAwayFolder(string root) : IDisposable
{
    private const string Prefix = "connect-";
    private const string LockName = ".lock";

    // Others may pass through: the database server runs as another user when this process is root's.
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly Lock _gate = new();
    private string? _path;
    private FileStream? _lock;

    public ThrowAwayFolder()
        : this(Path.GetTempPath())
    {
    }

    public string Subfolder(string name)
    {
        lock (_gate)
        {
            _path ??= Create();
            return Directory.CreateDirectory(Path.Combine(_path, name)).FullName;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            if (_path is not null)
            {
                TryRemove(_path);
            }
        }
    }

    private string Create()
    {
        RemoveLeft();
        var path = Directory.CreateDirectory(Path.Combine(root, Prefix + Path.GetRandomFileName())).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, PassThrough);
        }

        _lock = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return path;
    }

    private void RemoveLeft()
    {
        foreach (var path in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            try
            {
                // Opening fails while the folder is in use. One without a lock is not of this class.
                new FileStream(Path.Combine(path, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            TryRemove(path);
        }
    }

    private static void TryRemove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that is ending may still write there; the next run removes the folder.
        }
    }
}
