using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml.Linq;
using CliWrap;
using CliWrap.Buffered;

namespace Connect.AppHost.Servers;

/// <summary>
/// A .NET tool of the repository's manifest, started as its own program. <c>dotnet tool run</c> would be the parent of the tool, and a
/// parent that is ended while it starts its child leaves the child for good.
/// </summary>
/// <param name="package">The tool's package.</param>
/// <param name="folder">The manifest is that of this folder, or of the nearest one above it that lists the package.</param>
internal sealed class DotnetTool(string package, string folder)
{
    private const string SettingsFile = "DotnetToolSettings.xml";

    /// <summary>The program and its first arguments. Restores the tool if needed; null where that is impossible.</summary>
    public async Task<IReadOnlyList<string>?> FindCommandAsync(CancellationToken cancellationToken)
    {
        if (FindVersion() is not { } version)
        {
            return null;
        }

        if (FindCommand(UsualPackages, package, version) is { } found)
        {
            return found;
        }

        await DotnetAsync(["tool", "restore"], cancellationToken).ConfigureAwait(false);

        // "global-packages: FOLDER": a NuGet.config may name another one than the usual.
        var answer = await DotnetAsync(["nuget", "locals", "global-packages", "--list", "--force-english-output"], cancellationToken).ConfigureAwait(false);
        var packages = answer[(answer.IndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
        return packages.Length > 0 ? FindCommand(packages, package, version) : null;
    }

    /// <summary>
    /// Reads the settings in the tool's package, also where they only name packages for each system
    /// (https://learn.microsoft.com/dotnet/core/tools/rid-specific-tools). Null where the package is not there.
    /// </summary>
    internal static IReadOnlyList<string>? FindCommand(string packages, string package, string version)
    {
        // The folders of packages have small letters.
#pragma warning disable CA1308
        var tools = Path.Combine(packages, package.ToLowerInvariant(), version.ToLowerInvariant(), "tools");
#pragma warning restore CA1308
        if (FindSettings(tools) is not { } file)
        {
            return null;
        }

        var settings = XDocument.Load(file);
        var command = settings.Descendants("Command").First();
        if (command.Attribute("EntryPoint") is { } entryPoint)
        {
            var program = Path.Combine(Path.GetDirectoryName(file)!, entryPoint.Value);
            return command.Attribute("Runner")?.Value == "executable"
                ? [program]
                : [SystemPrograms.Dotnet, program];
        }

        // The tool is in a package for this system, or in one for all others.
        return ((string[])[RuntimeInformation.RuntimeIdentifier, "any"])
            .Select(identifier => settings.Descendants("RuntimeIdentifierPackage")
                .FirstOrDefault(item => item.Attribute("RuntimeIdentifier")?.Value == identifier)?.Attribute("Id")?.Value)
            .OfType<string>()
            .Select(specific => FindCommand(packages, specific, version))
            .FirstOrDefault(static found => found is not null);
    }

    private static string UsualPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>
    /// tools/FRAMEWORK/SYSTEM/DotnetToolSettings.xml: of the newest framework that this process could run on, or of none ("any").
    /// </summary>
    private static string? FindSettings(string tools) => Enumerable.Range(0, Environment.Version.Major)
        .Select(static older => $"net{Environment.Version.Major - older}.0")
        .Append("any")
        .Select(framework => Path.Combine(tools, framework))
        .Where(Directory.Exists)
        .SelectMany(static framework => Directory.EnumerateFiles(framework, SettingsFile, SearchOption.AllDirectories))
        .FirstOrDefault();

    private string? FindVersion()
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            var manifest = Path.Combine(above.FullName, ".config", "dotnet-tools.json");
            if (File.Exists(manifest))
            {
                using var document = JsonDocument.Parse(File.ReadAllText(manifest));
                if (document.RootElement.GetProperty("tools").TryGetProperty(package, out var tool))
                {
                    return tool.GetProperty("version").GetString();
                }
            }
        }

        return null;
    }

    private async Task<string> DotnetAsync(string[] arguments, CancellationToken cancellationToken) => (await Cli.Wrap(SystemPrograms.Dotnet)
        .WithArguments(arguments)
        .WithWorkingDirectory(folder)
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync(cancellationToken)
        .ConfigureAwait(false)).StandardOutput;
}
