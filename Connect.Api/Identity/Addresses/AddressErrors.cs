using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Addresses;

/// <summary>Errors of mail addresses, which are the names of users: errors speak of the address alone, and do not repeat it.</summary>
internal sealed class AddressErrors : IdentityErrorDescriber
{
    public const string NoAddress = "The value is not a mail address.";

    public override IdentityError InvalidEmail(string? email) => new() { Code = nameof(InvalidEmail), Description = NoAddress };

    public override IdentityError DuplicateEmail(string email) => new() { Code = nameof(DuplicateEmail), Description = "The address is taken." };

    public override IdentityError InvalidUserName(string? userName) => InvalidEmail(userName);

    public override IdentityError DuplicateUserName(string userName) => DuplicateEmail(userName);
}
