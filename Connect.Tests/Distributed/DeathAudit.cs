using Connect.Tests.Functional;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>
/// Records by triggers of the database which transactions changed data of rankings or lists, and which evicted. Only
/// committed transactions remain in it.
/// </summary>
internal static class DeathAudit
{
    private const string Install =
        """
        create table audit_changes (xid xid8 not null);
        create table audit_evictions (xid xid8 not null);

        create function audit_change() returns trigger language plpgsql as $$
        begin
            if tg_op = 'INSERT' then
                if new.status = 'Upcoming' or (new.kind = 'Call' and new.status = 'Active') then
                    insert into audit_changes values (pg_current_xact_id());
                end if;
            elsif ((old.kind = 'Call' and old.status = 'Active') or (new.kind = 'Call' and new.status = 'Active') or 'Upcoming' in (old.status, new.status))
                and to_jsonb(old) - '{identity_key,fingerprint,updated_at}'::text[] <> to_jsonb(new) - '{identity_key,fingerprint,updated_at}'::text[] then
                insert into audit_changes values (pg_current_xact_id());
            end if;
            return null;
        end $$;

        create function audit_eviction() returns trigger language plpgsql as $$
        begin
            insert into audit_evictions values (pg_current_xact_id());
            return null;
        end $$;

        create trigger audit after insert or update or delete on programs for each row execute function audit_change();
        create trigger audit after insert or update on cache_generations for each row when (new.tag = 'programs') execute function audit_eviction();
        """;

    private const string Compare =
        """
        select
            (select count(distinct xid) from audit_changes),
            (select count(*) from (select xid from audit_changes except select xid from audit_evictions) lost),
            (select count(*) from (select xid from audit_evictions except select xid from audit_changes) vain)
        """;

    public static async Task InstallAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(Install);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Transactions that changed something, those of them that evicted nothing, and evictions without a change.</summary>
    public static async Task<(long Changes, long Lost, long Vain)> ReadAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(Compare);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
