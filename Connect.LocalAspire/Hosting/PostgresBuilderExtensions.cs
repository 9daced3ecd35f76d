using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL servers and databases.</summary>
public static class PostgresBuilderExtensions
{
    private const string DataPath = "/var/lib/postgresql";

    /// <summary>Adds a PostgreSQL server.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var server = new PostgresServerResource(name, userName?.Resource, password?.Resource);
        server.Endpoint.Port = port;
        return builder.AddResource(server)
            .WithAnnotation(server.Endpoint)
            .WithDatabaseHealthCheck(server, database: "postgres");
    }

    /// <summary>Adds a database to a server; it is created when the server is up.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        return builder.ApplicationBuilder.AddResource(database).WithDatabaseHealthCheck(database);
    }

    /// <summary>Keeps the data between runs.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return isReadOnly
            ? throw new NotSupportedException("A read-only data volume needs a container engine.")
            : builder.WithAnnotation(new ContainerMountAnnotation(
                name ?? builder.Resource.Name, DataPath, ContainerMountType.Volume, isReadOnly: false));
    }

    private static IResourceBuilder<T> WithDatabaseHealthCheck<T>(this IResourceBuilder<T> builder, T resource, string? database = null)
        where T : IResourceWithConnectionString
    {
        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new PostgresHealthCheck(resource, database), null, null));
        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }
}
