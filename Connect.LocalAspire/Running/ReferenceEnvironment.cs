using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>The variables by which one resource knows another, as Aspire 13 names them.</summary>
internal static class ReferenceEnvironment
{
    public static async ValueTask AddConnectionAsync(
        Dictionary<string, object> environment, IResourceWithConnectionString source, string connectionName, CancellationToken cancellationToken)
    {
        environment[$"ConnectionStrings__{connectionName}"] =
            await source.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false) ?? "";
        var prefix = VariableName(connectionName);
        switch (source)
        {
            case RedisResource redis:
                await AddRedisAsync(environment, prefix, redis, cancellationToken).ConfigureAwait(false);
                break;
            case PostgresServerResource server:
                await AddPostgresAsync(environment, prefix, server, null, cancellationToken).ConfigureAwait(false);
                break;
            case PostgresDatabaseResource database:
                await AddPostgresAsync(environment, prefix, database.Parent, database.DatabaseName, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    public static void AddService(Dictionary<string, object> environment, IResourceWithServiceDiscovery source)
    {
        foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
        {
            var reference = new EndpointReference(source, endpoint.Name);
            environment[$"services__{source.Name}__{endpoint.Name}__0"] = reference;
            environment[$"{VariableName(source.Name)}_{VariableName(endpoint.Name)}"] = reference;
        }
    }

    private static async ValueTask AddRedisAsync(
        Dictionary<string, object> environment, string prefix, RedisResource redis, CancellationToken cancellationToken)
    {
        var port = await redis.Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        var password = redis.Password;
        environment[$"{prefix}_HOST"] = "localhost";
        environment[$"{prefix}_PORT"] = $"{port}";
        environment[$"{prefix}_PASSWORD"] = password;
        environment[$"{prefix}_URI"] = $"redis://:{Uri.EscapeDataString(password)}@localhost:{port}";
    }

    private static async ValueTask AddPostgresAsync(
        Dictionary<string, object> environment,
        string prefix,
        PostgresServerResource server,
        string? database,
        CancellationToken cancellationToken)
    {
        var port = await server.Endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        var (user, password) = (server.UserName, server.Password);
        var path = database is null ? "" : $"/{database}";
        environment[$"{prefix}_HOST"] = "localhost";
        environment[$"{prefix}_PORT"] = $"{port}";
        environment[$"{prefix}_USERNAME"] = user;
        environment[$"{prefix}_PASSWORD"] = password;
        environment[$"{prefix}_URI"] =
            $"postgresql://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@localhost:{port}{path}";
        environment[$"{prefix}_JDBCCONNECTIONSTRING"] = $"jdbc:postgresql://localhost:{port}{path}";
        if (database is not null)
        {
            environment[$"{prefix}_DATABASENAME"] = database;
        }
    }

    private static string VariableName(string name) =>
        string.Create(name.Length, name, static (span, source) =>
        {
            for (var index = 0; index < source.Length; index++)
            {
                span[index] = char.IsAsciiLetterOrDigit(source[index]) ? char.ToUpperInvariant(source[index]) : '_';
            }
        });
}
