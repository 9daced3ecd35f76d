namespace Connect.AppHost.Servers.Postgres;

/// <summary>A PostgreSQL server that runs as a program of this machine instead of a container. Only for run mode.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="password">The password of <see cref="UserName"/>.</param>
internal sealed class PostgresProgramResource(string name, ParameterResource password)
    : ExecutableResource(name, command: "postgres", workingDirectory: "."), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    /// <summary>The superuser that <c>initdb</c> makes.</summary>
    public const string UserName = "postgres";

    /// <summary>Where the server listens. Not proxied: each query would pay for the hop.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    public ParameterResource PasswordParameter { get; } = password;

    /// <summary><c>Host=…;Port=…;Username=…;Password=…</c>, as a container of Aspire has it.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Host};Port={Port};Username={UserName};Password={PasswordParameter}");

    /// <summary><c>postgresql://user:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression => ReferenceExpression.Create($"postgresql://{UserName}:{PasswordParameter:uri}@{Host}:{Port}");

    // The server listens on this address only; "localhost" would try IPv6 first.
    internal EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.IPV4Host);

    internal EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The folder that keeps the data between runs; null for a folder that is thrown away.</summary>
    internal string? DataFolder { get; set; }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", ReferenceExpression.Create($"{UserName}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}")),
    ];
}
