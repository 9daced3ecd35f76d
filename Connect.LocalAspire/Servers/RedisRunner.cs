using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>Runs redis-server, or Garnet where there is none. The data is a cache: none of it outlives the run.</summary>
internal sealed class RedisRunner(RedisResource redis, EngineContext engine) : ServerRunner(redis, redis.Endpoint, engine)
{
    private string? _redisServer;
    private IReadOnlyList<string> _garnet = [];

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _redisServer = SystemPrograms.Find("redis-server");
        if (_redisServer is null)
        {
            _garnet = await new GarnetTool(Engine.Settings.RepositoryFolder).FindCommandAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new EnvironmentProblemException(
                    $"No Redis was found and its .NET stand-in could not be restored: run 'dotnet tool restore' in the repository, or install Redis with '{InstallCommands.Redis}'.");
        }

        await base.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async ValueTask<ProcessSpec> DescribeAsync(CancellationToken cancellationToken)
    {
        var folder = Engine.Temp.Subfolder(redis.Name);
        var port = await redis.Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        var password = redis.Password;
        var wanted = redis.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments).ToList();
        var shared = new ProcessSpec { Name = redis.Name, FileName = "", Arguments = [], WorkingDirectory = folder };

        // Where the tool is run through the dotnet command, that looks for the manifest from its own folder upwards.
        return _redisServer is null
            ? shared with
            {
                FileName = SystemPrograms.Dotnet,
                WorkingDirectory = Engine.Settings.RepositoryFolder,
                Arguments = await GarnetArgumentsAsync(folder, port, password, wanted, cancellationToken).ConfigureAwait(false),
            }
            : shared with
            {
                FileName = _redisServer,
                Arguments = await RedisArgumentsAsync(folder, port, password, wanted, cancellationToken).ConfigureAwait(false),
            };
    }

    private static async Task<IReadOnlyList<string>> RedisArgumentsAsync(
        string folder, int port, string password, List<string> wanted, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "redis.conf");
        await PrivateFile.WriteAsync(file, $"""
            bind 127.0.0.1
            port {port.ToString(CultureInfo.InvariantCulture)}
            requirepass "{password.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}"
            save ""
            appendonly no
            dir {folder}

            """, cancellationToken).ConfigureAwait(false);
        return [file, .. wanted];
    }

    private async Task<IReadOnlyList<string>> GarnetArgumentsAsync(
        string folder, int port, string password, List<string> wanted, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "garnet.conf");
        await PrivateFile.WriteAsync(
            file,
            JsonSerializer.Serialize(new Dictionary<string, string> { ["AuthenticationMode"] = "Password", ["Password"] = password }),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. _garnet,
            "--config-import-path", file,
            "--port", port.ToString(CultureInfo.InvariantCulture),
            "--bind", "127.0.0.1",
            "--index", "16m",
            "--checkpointdir", folder,
            "--lua",
            "-q",
            .. RedisArguments.ForGarnet(wanted),
        ];
    }
}
