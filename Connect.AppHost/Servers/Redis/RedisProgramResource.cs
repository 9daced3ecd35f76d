namespace Connect.AppHost.Servers.Redis;

/// <summary>A Redis server that runs as a program of this machine instead of a container. Only for run mode.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="password">The password of the default user.</param>
internal sealed class RedisProgramResource(string name, ParameterResource password)
    : ExecutableResource(name, command: "redis-server", workingDirectory: "."), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    /// <summary>Where the server listens. Not proxied: each command would pay for the hop.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    public ParameterResource PasswordParameter { get; } = password;

    /// <summary><c>host:port,password=…</c>, as a container of Aspire has it.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Host}:{Port},password={PasswordParameter}");

    private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.IPV4Host);

    private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", ReferenceExpression.Create($"redis://:{PasswordParameter:uri}@{Host}:{Port}")),
    ];
}
