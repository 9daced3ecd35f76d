namespace Connect.LocalAspire.Running;

/// <summary>A folder for the files of one run, made on first use and removed with the run.</summary>
internal sealed class ThrowAwayFolder(Action<string> onCreated) : IDisposable
{
    // Others may pass through: the database server runs as another user when this process is root's.
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly Lock _lock = new();
    private string? _path;

    public string Subfolder(string name)
    {
        lock (_lock)
        {
            if (_path is null)
            {
                _path = Directory.CreateTempSubdirectory("connect-").FullName;
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(_path, PassThrough);
                }

                onCreated(_path);
            }

            return Directory.CreateDirectory(Path.Combine(_path, name)).FullName;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                if (_path is not null && Directory.Exists(_path))
                {
                    Directory.Delete(_path, recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A process that is just ending still writes there; the system clears its temporary folder in time.
            }
        }
    }
}
