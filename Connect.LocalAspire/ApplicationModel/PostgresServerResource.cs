using Connect.LocalAspire.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    private readonly ParameterResource? _userNameParameter;
    private readonly ParameterResource? _passwordParameter;

    internal PostgresServerResource(string name, ParameterResource? userName, ParameterResource? password)
        : base(name)
    {
        _userNameParameter = userName;
        _passwordParameter = password;
    }

    internal EndpointAnnotation Endpoint { get; } = new("tcp", "tcp", null);

    /// <summary>A server with a volume takes its own from beside the data before it starts.</summary>
    internal string StoredPassword { get; set; } = Secrets.NewPassword();

    internal string UserName => _userNameParameter?.Read() ?? "postgres";

    internal string Password => _passwordParameter?.Read() ?? StoredPassword;

    /// <inheritdoc />
    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var port = await Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        return $"Host=localhost;Port={port};Username={UserName};Password={Password}";
    }
}
