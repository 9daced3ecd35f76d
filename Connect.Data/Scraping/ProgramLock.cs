namespace Connect.Data.Scraping;

/// <summary>
/// One writer of programs at a time, until its transaction ends: two merges that see a program for the first time would both insert
/// it, and a merge that has compared a program would overwrite what is set by hand after that.
/// </summary>
public static class ProgramLock
{
    /// <summary>The statement that takes it.</summary>
    public const string Sql = "select pg_advisory_xact_lock(4409925)";

    /// <summary>Takes the lock, waiting for another writer.</summary>
    /// <param name="context">A context with an open transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task TakeAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Database.ExecuteSqlRawAsync(Sql, cancellationToken);
    }
}
