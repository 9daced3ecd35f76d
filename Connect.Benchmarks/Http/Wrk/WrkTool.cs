using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost.Servers;

namespace Connect.Benchmarks.Http.Wrk;

/// <summary>
/// The load generator: a process of its own, in C, with one thread, so it takes little of the machine. It is a closed
/// loop: a connection sends its next request when it has read the last answer.
/// </summary>
internal sealed class WrkTool(string program, string folder)
{
    /// <summary>The message if wrk is not installed.</summary>
    public const string Missing = "wrk was not found: install it with 'sudo apt-get install wrk' (macOS: 'brew install wrk').";

    private int _scripts;

    /// <summary>The one on the PATH; null where there is none.</summary>
    public static WrkTool? Find(string folder) => SystemPrograms.Find("wrk") is { } program ? new(program, folder) : null;

    /// <summary>Writes the script for <see cref="RunAsync"/>.</summary>
    public async Task<string> PrepareAsync(IReadOnlyList<WrkRequest> requests)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"requests-{_scripts++}.lua"));
        await File.WriteAllTextAsync(file, WrkScript.Of(requests));
        return file;
    }

    /// <summary>Sends for a while.</summary>
    /// <exception cref="FormatException">It failed.</exception>
    public async Task<WrkResult> RunAsync(Uri address, string script, int connections, int seconds)
    {
        var result = await Cli.Wrap(program)
            .WithArguments(
            [
                "-t", "1", "-c", connections.ToString(CultureInfo.InvariantCulture), "-d", string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
                "--timeout", "10s", "-s", script, address.AbsoluteUri,
            ])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return WrkResult.Parse(result.StandardOutput + result.StandardError);
    }
}
