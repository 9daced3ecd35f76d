using Connect.LocalAspire.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    private readonly string _generatedPassword = Secrets.NewPassword();
    private readonly ParameterResource? _passwordParameter;

    internal RedisResource(string name, ParameterResource? password)
        : base(name) => _passwordParameter = password;

    internal EndpointAnnotation Endpoint { get; } = new("tcp", "tcp", null);

    internal string Password => _passwordParameter?.Read() ?? _generatedPassword;

    /// <inheritdoc />
    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var port = await Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        return $"localhost:{port},password={Password}";
    }
}
