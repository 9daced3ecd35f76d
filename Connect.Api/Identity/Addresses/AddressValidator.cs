using Connect.Data.Mails;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Addresses;

/// <summary>
/// Replaces Identity's validator, which checks name and address one after the other, and has an error for each. Users of an external
/// issuer, who have no address, are not created through Identity.
/// </summary>
internal sealed class AddressValidator : IUserValidator<User>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        if (!MailAddresses.IsValid(user.Email) || !MailAddresses.IsValid(user.UserName))
        {
            return IdentityResult.Failed(manager.ErrorDescriber.InvalidEmail(user.Email));
        }

        var isTaken = await IsOtherAsync(manager.FindByNameAsync(user.UserName!)) || await IsOtherAsync(manager.FindByEmailAsync(user.Email!));
        return isTaken ? IdentityResult.Failed(manager.ErrorDescriber.DuplicateEmail(user.Email!)) : IdentityResult.Success;

        async Task<bool> IsOtherAsync(Task<User?> find) => await find is { } owner && owner.Id != user.Id;
    }
}
