using Microsoft.Extensions.DependencyInjection;

namespace Connect.Data.Mails;

/// <summary>Registers the outbox.</summary>
public static class MailRegistration
{
    /// <summary>Registers <see cref="MailOutbox"/> and <see cref="MailAvailability"/>, with their options.</summary>
    public static IServiceCollection AddMailOutbox(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MailOptions, MailOptionsValidator>().BindConfiguration(MailOptions.SectionName);
        services.AddSingleton<MailAvailability>();
        services.AddHostedService<MailWarning>();
        return services.AddSingleton<MailOutbox>();
    }
}
