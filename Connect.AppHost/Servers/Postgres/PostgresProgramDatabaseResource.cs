namespace Connect.AppHost.Servers.Postgres;

/// <summary>A database of a PostgreSQL server that runs as a program; created when the server is ready.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="databaseName">The database's name on the server.</param>
/// <param name="parent">The server.</param>
internal sealed class PostgresProgramDatabaseResource(string name, string databaseName, PostgresProgramResource parent)
    : Resource(name), IResourceWithParent<PostgresProgramResource>, IResourceWithConnectionString
{
    public PostgresProgramResource Parent { get; } = parent;

    public string DatabaseName { get; } = databaseName;

    /// <summary>The server's connection string and the database's name.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.CombineProperties(
        [
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
            new("Uri", ReferenceExpression.Create($"{Parent.UriExpression}/{DatabaseName}")),
            new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{Parent.Host}:{Parent.Port}/{DatabaseName}")),
        ]);
}
