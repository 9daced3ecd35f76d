using CliWrap;
using CliWrap.Buffered;

namespace Connect.AppHost.Servers.Redis;

/// <summary>Garnet, the Redis that comes as a .NET tool: listed in the repository's tool manifest.</summary>
internal sealed class GarnetTool(string repositoryFolder)
{
    private const string PackageName = "garnet-server";

    /// <summary>Restores the tool if needed; null where that is impossible.</summary>
    public async Task<IReadOnlyList<string>?> FindCommandAsync(CancellationToken cancellationToken)
    {
        if (FindProgram() is { } program)
        {
            return [program];
        }

        var restore = await Cli.Wrap(SystemPrograms.Dotnet)
            .WithArguments(["tool", "restore"])
            .WithWorkingDirectory(repositoryFolder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken)
            .ConfigureAwait(false);
        if (restore.ExitCode != 0)
        {
            return null;
        }

        // A package folder that a NuGet.config names is known to the dotnet command only.
        return FindProgram() is { } restored ? [restored] : ["tool", "run", PackageName, "--"];
    }

    /// <summary>Started directly, it is one process less than through <c>dotnet tool run</c>.</summary>
    private static string? FindProgram()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(packages, PackageName);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "GarnetServer.dll", SearchOption.AllDirectories)
                .Where(file => file.Contains($"{Path.DirectorySeparatorChar}net10.0{Path.DirectorySeparatorChar}any{Path.DirectorySeparatorChar}GarnetServer.dll", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }
}
