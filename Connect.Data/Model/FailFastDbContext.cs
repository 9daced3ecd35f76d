using Microsoft.EntityFrameworkCore;

namespace Connect.Data.Model;

/// <summary>
/// The same database as the factories of cached values read it: no tracking, no retries, short time-outs.
/// A read that cannot be answered now must say so now; the cache knows what to do then.
/// </summary>
public sealed class FailFastDbContext(DbContextOptions<FailFastDbContext> options) : ConnectDbContext(options)
{
    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("This context only reads.");
}
