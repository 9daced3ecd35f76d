namespace Connect.Data.Model;

/// <summary>
/// The context of factories of cached values: no tracking, no retries but one on a new connection, short time-outs. A read that fails must fail
/// soon, so that the cache can serve the last good value.
/// </summary>
public sealed class FailFastDbContext(DbContextOptions<FailFastDbContext> options) : ConnectDbContext(options)
{
    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("This context only reads.");
}
