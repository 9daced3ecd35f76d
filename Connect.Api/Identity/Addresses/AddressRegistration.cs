using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connect.Api.Identity.Addresses;

/// <summary>Makes mail addresses, as people have them, the names of users.</summary>
internal static class AddressRegistration
{
    public static IdentityBuilder AddMailAddresses(this IdentityBuilder identity)
    {
        var services = identity.Services;

        // The validator's task; Identity's list has neither ' nor Korean letters.
        services.Configure<IdentityOptions>(static options => options.User.AllowedUserNameCharacters = "");
        services.RemoveAll<IUserValidator<User>>();
        services.AddScoped<IUserValidator<User>, AddressValidator>();
        services.Replace(ServiceDescriptor.Scoped<ILookupNormalizer, AddressNormalizer>());
        return identity.AddErrorDescriber<AddressErrors>();
    }
}
