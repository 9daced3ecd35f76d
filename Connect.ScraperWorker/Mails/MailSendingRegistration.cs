using Connect.Data.Diagnostics;

namespace Connect.ScraperWorker.Mails;

/// <summary>Registers the sending of mails.</summary>
internal static class MailSendingRegistration
{
    public static void AddMailSending(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MailSendingOptions, MailSendingOptionsValidator>()
            .BindConfiguration(MailSendingOptions.SectionName);
        services.AddInstruments<MailMetrics>();
        services.AddSingleton<MailStore>();
        services.AddHostedService<MailSender>();
    }
}
