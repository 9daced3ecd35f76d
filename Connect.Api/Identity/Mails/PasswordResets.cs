using Connect.Data.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Mails;

/// <summary>Codes that replace a forgotten password: they live shorter than links that confirm an address.</summary>
internal sealed class PasswordResets(
    IDataProtectionProvider protection, IOptions<PasswordResetOptions> options, ILogger<DataProtectorTokenProvider<User>> logger)
    : DataProtectorTokenProvider<User>(protection, options, logger)
{
    public const string ProviderName = "PasswordReset";
}

/// <summary>Lifetime of these codes.</summary>
internal sealed class PasswordResetOptions : DataProtectionTokenProviderOptions
{
    public PasswordResetOptions() => (Name, TokenLifespan) = (PasswordResets.ProviderName, TimeSpan.FromHours(2));
}
