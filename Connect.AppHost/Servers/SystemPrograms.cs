namespace Connect.AppHost.Servers;

/// <summary>Looks programs up on the PATH.</summary>
internal static class SystemPrograms
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH"));

    public static string? Find(string name, string? path)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);
    }

    public static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0);

    /// <summary>The dotnet command that runs this process, or the one on the PATH.</summary>
    public static string Dotnet
    {
        get
        {
            var own = Environment.ProcessPath;
            if (own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet")
            {
                return own;
            }

            // The runtime lives three folders below the command.
            var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
            var candidate = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(candidate) ? candidate : Find("dotnet") ?? "dotnet";
        }
    }
}
