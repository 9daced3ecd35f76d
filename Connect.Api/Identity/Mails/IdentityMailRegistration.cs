using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Mails;

/// <summary>Registers Identity's mails and the lifetimes of what they carry.</summary>
internal static class IdentityMailRegistration
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>Links that confirm an address are good for 24 hours, codes for a new password for two.</summary>
    public static IdentityBuilder AddIdentityMails(this IdentityBuilder identity)
    {
        var services = identity.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<IEmailSender<User>, IdentityMails>();
        services.Configure<DataProtectionTokenProviderOptions>(static options => options.TokenLifespan = LinkLifetime);
        services.Configure<IdentityOptions>(static options => options.Tokens.PasswordResetTokenProvider = PasswordResets.ProviderName);
        return identity.AddTokenProvider<PasswordResets>(PasswordResets.ProviderName);
    }

    /// <summary>The filter of mails. The outermost one: it evens out the time of all others.</summary>
    public static RouteGroupBuilder AnswerMails(this RouteGroupBuilder group) => group.AddEndpointFilter<RouteGroupBuilder, IdentityMailFilter>();
}
