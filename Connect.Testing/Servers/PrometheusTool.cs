using CliWrap;
using CliWrap.Buffered;
using Connect.AppHost.Servers;

namespace Connect.Testing.Servers;

/// <summary>Prometheus' own checker of configurations and rules.</summary>
internal static class PrometheusTool
{
    /// <summary>Runs promtool.</summary>
    /// <exception cref="InvalidOperationException">It found something; the message is its output.</exception>
    public static async Task CheckAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap(Find("promtool"))
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"promtool {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        }
    }

    /// <summary>The path of one of Prometheus' programs.</summary>
    public static string Find(string program) => SystemPrograms.Find(program)
        ?? throw new EnvironmentProblemException($"{program} was not found: install Prometheus with '{InstallCommands.Prometheus}'.");
}
