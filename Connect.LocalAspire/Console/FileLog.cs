namespace Connect.LocalAspire.Console;

/// <summary>One file per source, in the folder that <see cref="FolderVariable" /> names.</summary>
internal sealed class FileLog(string folder) : IResourceLog
{
    public const string FolderVariable = "CONNECT_LOG_DIR";

    private readonly Lock _lock = new();

    public void Write(string source, string line)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(Path.Combine(folder, source.Replace('/', '-') + ".log"), line + "\n");
        }
    }
}
