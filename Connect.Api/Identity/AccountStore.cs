using Connect.Api.Identity.Sessions;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Identity;

/// <summary>
/// Identity's store, whose changes commit with the evictions of what the user may do. A new security stamp, as a new password or second
/// factor makes, ends the user's sessions, but not the one that asked for it: its access token is good until it expires.
/// </summary>
internal sealed class AccountStore(
    ConnectDbContext context, CacheTransaction<ConnectDbContext> transaction, UserSessions sessions, IHttpContextAccessor accessor,
    TimeProvider time, IdentityErrorDescriber errors)
    : UserStore<User, IdentityRole<Guid>, ConnectDbContext, Guid>(context, errors)
{
    private bool _isNewStamp;

    /// <inheritdoc />
    public override Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken = default) =>
        TogetherAsync(token => base.CreateAsync(user, token), cancellationToken);

    /// <inheritdoc />
    public override Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken = default) =>
        TogetherAsync(token => base.DeleteAsync(user, token), cancellationToken);

    /// <inheritdoc />
    public override Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        _isNewStamp |= user.SecurityStamp is not null && user.SecurityStamp != stamp;
        return base.SetSecurityStampAsync(user, stamp, cancellationToken);
    }

    /// <summary>
    /// Saves what was changed. The base class writes every column, with the values that it read: the time step of a code that was accepted
    /// meanwhile would be lost.
    /// </summary>
    public override Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Context.Entry(user).State == EntityState.Detached
            ? TogetherAsync(token => base.UpdateAsync(user, token), cancellationToken)
            : TogetherAsync(token => SaveAsync(user, token), cancellationToken);
    }

    /// <summary>Counts a failed sign-in, and locks the user out with the last one that is allowed.</summary>
    public Task<IdentityResult> CountFailureAsync(User user, LockoutOptions lockout, CancellationToken cancellationToken) => TogetherAsync(
        async token =>
        {
            DateTimeOffset? end = time.GetUtcNow() + lockout.DefaultLockoutTimeSpan;
            var (id, most) = (user.Id, lockout.MaxFailedAccessAttempts);
            await Context.Users.Where(u => u.Id == id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= most ? end : u.LockoutEnd)
                    .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= most ? 0 : u.AccessFailedCount + 1),
                token);
            await Context.Entry(user).ReloadAsync(token);
            // It begins anew with a lock-out only.
            if (user.AccessFailedCount == 0)
            {
                Context.EvictTags(EvictionReasons.Changed, ConnectTags.User(id));
            }

            return IdentityResult.Success;
        },
        cancellationToken);

    /// <summary>Sets the count of a user's failed sign-ins to 0, after a sign-in that succeeded.</summary>
    public async Task<IdentityResult> ForgetFailuresAsync(User user, CancellationToken cancellationToken)
    {
        if (user.AccessFailedCount > 0)
        {
            await Context.Users.Where(u => u.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0), cancellationToken);
            await Context.Entry(user).ReloadAsync(cancellationToken);
        }

        return IdentityResult.Success;
    }

    private async Task<IdentityResult> SaveAsync(User user, CancellationToken cancellationToken)
    {
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        try
        {
            await Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Identity goes on where the change is not what was asked for, as with a stronger hash at sign-in: what is saved next must
            // not repeat it.
            _isNewStamp = false;
            await Context.Entry(user).ReloadAsync(cancellationToken);
            return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }

        if (_isNewStamp)
        {
            _isNewStamp = false;
            var current = (accessor.HttpContext?.User as CallerPrincipal)?.SessionId;
            await sessions.EndAsync(user.Id, session => session.Id != current, SessionEnd.EndedByUser, cancellationToken);
        }

        return IdentityResult.Success;
    }

    private Task<IdentityResult> TogetherAsync(Func<CancellationToken, Task<IdentityResult>> work, CancellationToken cancellationToken) =>
        Context.Database.CurrentTransaction is null ? transaction.ExecuteOnceAsync(Context, work, cancellationToken) : work(cancellationToken);
}
