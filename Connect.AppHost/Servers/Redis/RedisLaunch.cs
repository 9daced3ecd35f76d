using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connect.AppHost.Servers.Redis;

/// <summary>How a Redis server is started on this machine.</summary>
/// <param name="redis">The server.</param>
/// <param name="name">The program's name on the PATH.</param>
/// <param name="wanted">Options of redis-server.</param>
/// <param name="manifestFolder">Garnet is looked up in the tool manifest of this folder, or of one above it.</param>
internal sealed class RedisLaunch(RedisProgramResource redis, string name, IReadOnlyList<string> wanted, string manifestFolder)
{
    private IReadOnlyList<string> _first = [];
    private bool _isGarnet;

    /// <exception cref="EnvironmentProblemException">There is neither; the message says what to do.</exception>
    public async Task PrepareAsync(IServiceProvider services, ILogger log, CancellationToken cancellationToken)
    {
        var folder = services.GetRequiredService<ThrowAwayFolder>().Subfolder(redis.Name);
        var password = await redis.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var program = redis.Annotations.OfType<ExecutableAnnotation>().Single();
        program.WorkingDirectory = folder;
        if (SystemPrograms.Find(name) is { } redisServer)
        {
            (_isGarnet, program.Command) = (false, redisServer);
            var file = Path.Combine(folder, "redis.conf");
            await PrivateFile.WriteAsync(file, $"""
                requirepass "{password}"
                bind 127.0.0.1
                save ""
                appendonly no

                """, cancellationToken).ConfigureAwait(false);
            _first = [file];
            return;
        }

        var garnet = await new DotnetTool("garnet-server", manifestFolder).FindCommandAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new EnvironmentProblemException(
                $"No Redis was found and its .NET stand-in could not be restored: run 'dotnet tool restore' in the repository, or install Redis with '{InstallCommands.Redis}'.");
        (_isGarnet, program.Command) = (true, garnet[0]);
        var settings = Path.Combine(folder, "garnet.conf");
        await PrivateFile.WriteAsync(
            settings,
            JsonSerializer.Serialize(new Dictionary<string, string?> { ["AuthenticationMode"] = "Password", ["Password"] = password }),
            cancellationToken).ConfigureAwait(false);
        _first =
        [
            .. garnet.Skip(1), "--config-import-path", settings, "--bind", "127.0.0.1", "--index", "16m", "--checkpointdir", folder, "--lua", "-q",
        ];
    }

    /// <summary>No password among them: arguments are everybody's to read.</summary>
    public void AddArguments(CommandLineArgsCallbackContext context)
    {
        foreach (var argument in _first)
        {
            context.Args.Add(argument);
        }

        context.Args.Add("--port");
        context.Args.Add(redis.PrimaryEndpoint.Property(EndpointProperty.TargetPort));
        foreach (var argument in _isGarnet ? RedisArguments.ForGarnet(wanted) : wanted)
        {
            context.Args.Add(argument);
        }
    }
}
