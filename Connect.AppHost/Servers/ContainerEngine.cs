using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using Microsoft.Extensions.Configuration;

namespace Connect.AppHost.Servers;

/// <summary>Whether this machine can run containers: a client alone, without an engine that answers it, cannot.</summary>
internal static class ContainerEngine
{
    /// <summary>
    /// The setting <c>Servers</c>: <c>containers</c> or <c>programs</c>, whatever the machine has. Default: containers where an
    /// engine answers.
    /// </summary>
    public const string Setting = "Servers";

    // The order in which Aspire looks for them.
    private static readonly string[] Clients = ["docker", "podman"];

    // An engine that starts up or hangs would keep the AppHost from starting.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether servers run as containers.</summary>
    /// <exception cref="EnvironmentProblemException">The setting has another value.</exception>
    public static bool IsWanted(IConfiguration configuration) => configuration[Setting]?.ToLowerInvariant() switch
    {
        "containers" => true,
        "programs" => false,
        null or "" => Answers(
            configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"], Environment.GetEnvironmentVariable("PATH")),
        var other => throw new EnvironmentProblemException(
            $"The setting '{Setting}' is '{other}': it takes 'containers' or 'programs', or nothing to use containers where an engine answers."),
    };

    /// <summary>Whether an engine answers the client that Aspire would use.</summary>
    /// <param name="runtime">The client that Aspire's settings name; null for the first that is installed.</param>
    /// <param name="path">Where clients are looked for, as the environment variable PATH has it.</param>
    internal static bool Answers(string? runtime, string? path) =>
        (runtime is null ? Clients : [runtime]).Any(client => SystemPrograms.Find(client, path) is { } program && AnswersAsync(program).GetAwaiter().GetResult());

    private static async Task<bool> AnswersAsync(string program)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout);
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments(["ps", "--quiet"])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(timeout.Token)
                .ConfigureAwait(false);
            return result.ExitCode == 0;
        }
        catch (Exception exception) when (exception is OperationCanceledException or Win32Exception)
        {
            return false;
        }
    }
}
