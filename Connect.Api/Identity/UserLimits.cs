using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity;

/// <summary>Refuses mail addresses that are longer than their column; Identity has no limit.</summary>
internal sealed class UserLimits : IUserValidator<User>
{
    private const int MaxEmailLength = 254;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user) => Task.FromResult(
        user.Email?.Length > MaxEmailLength
            ? IdentityResult.Failed(manager.ErrorDescriber.InvalidEmail($"{user.Email[..20]}…"))
            : IdentityResult.Success);
}
