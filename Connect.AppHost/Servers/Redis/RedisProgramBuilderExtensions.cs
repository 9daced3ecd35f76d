using Microsoft.Extensions.DependencyInjection;

namespace Connect.AppHost.Servers.Redis;

/// <summary>Adds Redis servers that run as programs of this machine.</summary>
internal static class RedisProgramBuilderExtensions
{
    private const string Loopback = "127.0.0.1";

    // Garnet listens before it answers. A connection made then is given up after five seconds by default, and the whole start waits.
    private const string OneShortAttempt = ",connectRetry=1,connectTimeout=1000";

    /// <summary>
    /// Adds a server: a <c>redis-server</c> from the PATH, else Garnet, a .NET tool of the repository's manifest. It keeps
    /// nothing, and a server that crashes is started again.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="program">The program's name on the PATH.</param>
    /// <param name="arguments">Options of redis-server; Garnet gets those that it has.</param>
    public static IResourceBuilder<RedisProgramResource> AddRedisProgram(
        this IDistributedApplicationBuilder builder, string name, string program = "redis-server", params string[] arguments)
    {
        var generated = Secrets.NewPassword();
        var redis = new RedisProgramResource(name, builder.AddParameter($"{name}-password", () => generated, secret: true).Resource);
        var launch = new RedisLaunch(redis, program, arguments, builder.AppHostDirectory);

        string? connectionString = null;
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().AddRedis(
            _ => connectionString is null ? throw new InvalidOperationException($"{name} has no address yet.") : connectionString + OneShortAttempt,
            name: key);
        return builder.AddResource(redis)
            .WithEndpoint(RedisProgramResource.EndpointName, endpoint => (endpoint.IsProxied, endpoint.TargetHost) = (false, Loopback))
            .WithArgs(launch.AddArguments)
            .WithIconName("DatabaseLightning")
            .WithHealthCheck(key)
            .WithRestarts()
            .OnConnectionStringAvailable(async (available, _, cancellationToken) =>
                connectionString = await available.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false))
            .PreparedBy(launch.PrepareAsync);
    }
}
