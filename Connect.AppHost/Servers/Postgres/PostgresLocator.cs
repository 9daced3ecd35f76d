using System.ComponentModel;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>Finds the PostgreSQL servers of this machine: the one on the PATH first, then the newest.</summary>
internal sealed partial class PostgresLocator(IReadOnlyList<string> pathFolders, IReadOnlyList<string> patterns, string? lastFolder = null)
{
    /// <param name="lastFolder">Looked at when no other has the programs; null for none.</param>
    public static PostgresLocator ForThisMachine(string? lastFolder = null) => new(
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)],
        OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")]
            :
            [
                "/usr/lib/postgresql/*/bin",
                "/usr/pgsql-*/bin",
                "/opt/homebrew/opt/postgresql*/bin",
                "/usr/local/opt/postgresql*/bin",
                "/Applications/Postgres.app/Contents/Versions/*/bin",
            ],
        lastFolder);

    /// <summary>The bin folders that hold both programs, best first.</summary>
    public IReadOnlyList<string> BinFolders() =>
        [.. pathFolders.Concat(patterns.SelectMany(Expand).OrderByDescending(VersionInPath)).Concat(lastFolder is null ? [] : [lastFolder])
            .Where(folder => IsComplete(new PostgresInstallation(folder, 0)))
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The server of a wanted version, or else the best one; null where there is none.</summary>
    public async Task<PostgresInstallation?> FindAsync(int? wantedMajor, CancellationToken cancellationToken)
    {
        PostgresInstallation? best = null;
        foreach (var folder in BinFolders())
        {
            var found = new PostgresInstallation(folder, 0);
            if (ParseMajor(await AskVersionAsync(found.Postgres, cancellationToken).ConfigureAwait(false)) is { } major)
            {
                found = found with { MajorVersion = major };
                if (wantedMajor is null || wantedMajor == major)
                {
                    return found;
                }

                best ??= found;
            }
        }

        return best;
    }

    /// <summary>Reads "postgres (PostgreSQL) 15.14 (Debian ...)".</summary>
    internal static int? ParseMajor(string versionOutput) =>
        Version().Match(versionOutput) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, out var major) ? major : null;

    private static async Task<string> AskVersionAsync(string postgres, CancellationToken cancellationToken)
    {
        try
        {
            var version = await Cli.Wrap(postgres)
                .WithArguments("--version")
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            return version.StandardOutput;
        }
        catch (Win32Exception)
        {
            // A link to a removed server, or one that this user may not run, counts as none.
            return "";
        }
    }

    private static bool IsComplete(PostgresInstallation installation) => File.Exists(installation.Postgres) && File.Exists(installation.InitDb);

    /// <summary>Expands the one star of a pattern.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var bin = Path.GetFileName(pattern);
        var versions = Path.GetDirectoryName(pattern)!;
        var root = Path.GetDirectoryName(versions)!;
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, Path.GetFileName(versions)).Select(folder => Path.Combine(folder, bin))
            : [];
    }

    private static int VersionInPath(string binFolder) =>
        Digits().Match(Path.GetFileName(Path.GetDirectoryName(binFolder)!)) is { Success: true } match
        && int.TryParse(match.ValueSpan, out var version) ? version : 0;

    [GeneratedRegex(@"PostgreSQL\)\s+(\d+)")]
    private static partial Regex Version();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
