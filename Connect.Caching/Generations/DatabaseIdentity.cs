namespace Connect.Caching.Generations;

/// <summary>
/// The database, and its timeline, that generations belong to. Part of every physical key: after a restore, a row may
/// reach a generation again under which other data was cached.
/// </summary>
/// <param name="System">The cluster, <c>pg_control_system().system_identifier</c>.</param>
/// <param name="Timeline">The timeline, <c>pg_control_checkpoint().timeline_id</c>.</param>
/// <param name="Database">The database's oid: two databases of one cluster may share a Redis.</param>
internal readonly record struct DatabaseIdentity(long System, int Timeline, uint Database);
