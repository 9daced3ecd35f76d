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
    private int _scripts;

    /// <summary>The path of the program.</summary>
    /// <exception cref="EnvironmentProblemException">It is not on the PATH.</exception>
    public static string Find() => SystemPrograms.Find("wrk") ?? throw new EnvironmentProblemException(
        "wrk was not found: install it with 'sudo apt-get install wrk' (macOS: 'brew install wrk').");

    /// <summary>Writes the script for <see cref="RunAsync"/>.</summary>
    public async Task<string> PrepareAsync(IReadOnlyList<WrkRequest> requests)
    {
        var file = Path.Combine(folder, $"requests-{_scripts++}.lua");
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
                "-t", "1", "-c", $"{connections}", "-d", $"{seconds}s", "--timeout", "10s", "-s", script, address.AbsoluteUri,
            ])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return WrkResult.Parse(result.StandardOutput + result.StandardError);
    }
}
