using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connect.Data.Mails;

/// <summary>Warns at the start of a process that no mail server is configured, outside Development.</summary>
internal sealed partial class MailWarning(MailAvailability availability, IHostEnvironment environment, ILogger<MailWarning> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!availability.IsConfigured && !environment.IsDevelopment())
        {
            Log.NoServer(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No mail server is configured (Mail:Host): no address is confirmed and no forgotten password is reset by mail")]
        public static partial void NoServer(ILogger logger);
    }
}
