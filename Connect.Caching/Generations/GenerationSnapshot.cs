using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>Generations as one query saw them, with the database that they belong to.</summary>
/// <param name="Identity">The database.</param>
/// <param name="Watermark">Transactions from here on may not have been visible.</param>
/// <param name="Position">How far the database's log is safely written, in bytes. In one history it never falls.</param>
/// <param name="Generations">By row; absent rows have generation 0.</param>
internal sealed record GenerationSnapshot(
    DatabaseIdentity Identity, ulong Watermark, long Position, IReadOnlyDictionary<string, long> Generations)
{
    /// <summary>Builds a snapshot from the rows of a query for generations.</summary>
    internal sealed class Collector
    {
        private readonly Dictionary<string, long> _generations = new(StringComparer.Ordinal);
        private DatabaseIdentity _identity;
        private ulong _watermark;
        private long _position;

        public void Add(NpgsqlDataReader reader)
        {
            _identity = new(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<uint>(2));
            _watermark = reader.GetFieldValue<ulong>(3);
            _position = reader.IsDBNull(6)
                ? throw new DatabaseUnavailableException(new InvalidOperationException("A standby answered, whose generations are yesterday's."))
                : reader.GetInt64(6);
            if (!reader.IsDBNull(4))
            {
                _generations[reader.GetString(4)] = reader.GetInt64(5);
            }
        }

        public GenerationSnapshot ToSnapshot() => new(_identity, _watermark, _position, _generations);
    }
}
