using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Diagnostics;
using Connect.Data.Mails;
using Connect.Data.Model;
using Connect.ScraperWorker.Startup;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Mails;

/// <summary>
/// Sends the outbox's mails, one at a time per instance. The server is connected to before a mail is claimed, so that mails do not
/// wait for their next try because it was away. A mail whose instance died is claimed again once its lease has ended.
/// </summary>
internal sealed partial class MailSender(
    MailStore store, MailMetrics metrics, MailAvailability availability, DatabaseReady ready, IOptions<MailOptions> server,
    IOptions<MailSendingOptions> options, TimeProvider time, ILogger<MailSender> logger) : BackgroundService
{
    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestConnectionPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CompletionPause = TimeSpan.FromSeconds(1);

    private long? _measuredAt;
    private int _failedConnections;

    private TimeSpan SendTimeout => TimeSpan.FromSeconds(server.Value.TimeoutSeconds);

    // A try has half of it; the rest is for the statements before and after.
    private TimeSpan Lease => 2 * SendTimeout;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ready.WaitAsync(stoppingToken);
            while (true)
            {
                await Task.Delay(await WorkAsync(stoppingToken), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops; a mail that was being sent has been completed.
        }
    }

    /// <summary>Does what there is to do, and returns the pause after it.</summary>
    private async Task<TimeSpan> WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var mail in await store.GiveUpExpiredAsync(stoppingToken))
            {
                metrics.Failed(MailFailure.Expired);
                Log.Expired(logger, mail.Id, mail.Template, mail.LastError);
            }

            await MeasureAsync(stoppingToken);
            return availability.IsConfigured && await store.IsAnyDueAsync(stoppingToken)
                ? await SendDueAsync(stoppingToken)
                : options.Value.PollInterval;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The boundary of the loop: leases end, so that nothing is lost.
            if (PrimaryDatabase.IsUnreachable(exception))
            {
                Log.DatabaseAway(logger, exception.Message);
            }
            else
            {
                // Its text may quote a mail.
                Log.Failed(logger, exception.GetType().Name);
            }

            return CompletionPause;
        }
    }

    private async Task<TimeSpan> SendDueAsync(CancellationToken stoppingToken)
    {
        MailConnection connection;
        try
        {
            connection = await MailConnection.OpenAsync(server, options, stoppingToken);
            _failedConnections = 0;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            var failure = MailFailure.Of(exception, isTransferring: false);
            metrics.Failed(failure.Kind);
            var delay = options.Value.RetryDelay(++_failedConnections);
            delay = delay < LongestConnectionPause ? delay : LongestConnectionPause;
            Log.NoConnection(logger, failure.ToString(), exception.GetType().Name, delay);
            return delay;
        }

        await using (connection)
        {
            while (connection.IsUsable && !stoppingToken.IsCancellationRequested && await TrySendNextAsync(connection, stoppingToken))
            {
                await MeasureAsync(stoppingToken);
            }
        }

        return options.Value.PollInterval;
    }

    /// <summary>Sends the next mail; false when none is due.</summary>
    private async Task<bool> TrySendNextAsync(MailConnection connection, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();

        // From before the claim, so that it ends before the lease. Not the stopping token: a mail of which it is unknown whether
        // the server has it would be sent again.
        using var timeout = new CancellationTokenSource(SendTimeout, time);
        if (await store.ClaimAsync(Lease, stoppingToken) is not { } mail)
        {
            return false;
        }

        using (var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.MailSend))
        {
            activity?.SetTag(ConnectTelemetry.Attributes.MailTemplate, mail.Template);
            activity?.SetTag(ConnectTelemetry.Attributes.MailAttempt, mail.Attempts);
            var failure = await connection.TrySendAsync(mail, timeout.Token);
            activity?.SetTag(ConnectTelemetry.Attributes.MailOutcome, failure is null ? "sent" : failure.Value.Kind);
            activity?.SetStatus(failure is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
            await CompleteAsync(mail, failure, stoppingToken);
        }

        var pace = TimeSpan.FromMinutes(1) / options.Value.MaxPerMinute - time.GetElapsedTime(started);
        if (pace > TimeSpan.Zero)
        {
            await Task.Delay(pace, time, stoppingToken);
        }

        return true;
    }

    private async Task CompleteAsync(Mail mail, MailFailure? failed, CancellationToken stoppingToken)
    {
        if (failed is not { } failure)
        {
            metrics.Sent();
            Log.Sent(logger, mail.Id, mail.Template, mail.Attempts);
            await InsistAsync(() => store.SentAsync(mail, CancellationToken.None), stoppingToken);
            return;
        }

        metrics.Failed(failure.Kind);
        if (failure.IsPermanent)
        {
            Log.GivenUp(logger, mail.Id, mail.Template, failure.ToString());
            await store.GiveUpAsync(mail, failure, CancellationToken.None);
            return;
        }

        var delay = options.Value.RetryDelay(mail.Attempts);
        Log.Retried(logger, mail.Id, mail.Template, failure.ToString(), mail.Attempts, delay);
        await store.RetryAsync(mail, failure, delay, CancellationToken.None);
    }

    /// <summary>Repeats a statement while the database is away: a mail that was sent and is not marked would be sent again.</summary>
    private async Task InsistAsync(Func<Task> statement, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await statement();
                return;
            }
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
            {
                Log.DatabaseAway(logger, exception.Message);
                await Task.Delay(CompletionPause, time, stoppingToken);
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (_measuredAt is not { } last || time.GetElapsedTime(last) >= BacklogInterval)
        {
            _measuredAt = time.GetTimestamp();
            metrics.Waiting(await store.ReadBacklogAsync(cancellationToken));
        }
    }

    // Ids and templates alone: never an address, a text, or what a server said of them.
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mail {MailId} ({Template}) is sent, at try {Attempt}")]
        public static partial void Sent(ILogger logger, Guid mailId, string template, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Mail {MailId} ({Template}) was not sent: {Failure}. Try {Attempt}, the next one in {Delay}")]
        public static partial void Retried(ILogger logger, Guid mailId, string template, string failure, int attempt, TimeSpan delay);

        [LoggerMessage(3, LogLevel.Warning, "Mail {MailId} ({Template}) is given up: {Failure}")]
        public static partial void GivenUp(ILogger logger, Guid mailId, string template, string failure);

        [LoggerMessage(4, LogLevel.Warning, "Mail {MailId} ({Template}) is given up, its links have expired; last failure: {Failure}")]
        public static partial void Expired(ILogger logger, Guid mailId, string template, string failure);

        [LoggerMessage(5, LogLevel.Warning, "No connection to the mail server: {Failure} ({Type}). The next try in {Delay}")]
        public static partial void NoConnection(ILogger logger, string failure, string type, TimeSpan delay);

        [LoggerMessage(6, LogLevel.Warning, "The outbox cannot be read: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);

        [LoggerMessage(7, LogLevel.Error, "Sending mails failed ({Type})")]
        public static partial void Failed(ILogger logger, string type);
    }
}
