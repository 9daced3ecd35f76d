using System.Diagnostics;

namespace Connect.Caching.Tests.Instances;

/// <summary>The installed programs of PostgreSQL, which refuse to run as root: there, they run as the user <c>postgres</c>.</summary>
internal sealed class PostgresPrograms
{
    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    /// <summary>Looks in the path and where packages put them; null where there are none.</summary>
    public static PostgresPrograms? Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var found = FindInPath("initdb") is { } inPath && FindInPath("postgres") is not null
            ? Path.GetDirectoryName(inPath)
            : Directory.Exists(Debian)
                ? Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin"))
                    .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                    .MaxBy(folder => folder, StringComparer.Ordinal)
                : null;
        return found is null ? null : new(found);
    }

    public static string? FindInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
        .FirstOrDefault(File.Exists);

    public Process Start(string program, string workingDirectory, params string[] arguments)
    {
        var path = Path.Combine(_folder, program);
        return Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
            ? StartPlain("setpriv", workingDirectory, ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments])
            : StartPlain(path, workingDirectory, arguments);
    }

    public static Process StartPlain(string path, string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
