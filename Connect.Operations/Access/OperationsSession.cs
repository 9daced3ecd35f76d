using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Connect.Operations.Access;

/// <summary>The user of an open page. Signs out within 30 seconds a user who is no longer an administrator.</summary>
internal sealed class OperationsSession(ILoggerFactory loggers, OperationsAccess access) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        access.IsAdministratorAsync(authenticationState.User);
}
