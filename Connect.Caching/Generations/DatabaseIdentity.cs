namespace Connect.Caching.Generations;

/// <summary>
/// Which history of which database generations belong to. Part of every physical key: after a restore, a row can
/// carry a generation again under which newer data was cached.
/// </summary>
/// <param name="System">The cluster, <c>pg_control_system().system_identifier</c>.</param>
/// <param name="Timeline">Its history, <c>pg_control_checkpoint().timeline_id</c>.</param>
/// <param name="Database">The database's oid: two databases of one cluster may share a Redis.</param>
internal readonly record struct DatabaseIdentity(long System, int Timeline, uint Database);
