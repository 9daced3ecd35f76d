using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;

namespace Connect.ScraperWorker.Mails;

/// <summary>Metrics of mails, on meter <c>Connect.Mail</c>.</summary>
internal sealed class MailMetrics
{
    private readonly SeededCounter _failures;
    private long _sent;
    private MailBacklog _backlog = new(0, 0);

    public MailMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.MailMeter);
        meter.CreateObservableCounter(ConnectTelemetry.Mail.Sent, () => Volatile.Read(ref _sent), "{mail}", "Mails that a server confirmed.");
        _failures = new(
            meter, ConnectTelemetry.Mail.Failures, "{failure}", "Mails and connections that failed.", ConnectTelemetry.Dimensions.Kind,
            MailFailure.Kinds);
        meter.CreateObservableGauge(ConnectTelemetry.Mail.Waiting, () => Volatile.Read(ref _backlog).Waiting, "{mail}", "Mails that wait.");
        meter.CreateObservableGauge(
            ConnectTelemetry.Mail.OldestAge, () => Volatile.Read(ref _backlog).OldestSeconds, "s", "Age of the oldest mail that waits.");
    }

    public void Sent() => Interlocked.Increment(ref _sent);

    /// <param name="kind">One of <see cref="MailFailure.Kinds"/>.</param>
    public void Failed(string kind) => _failures.Add(kind);

    public void Waiting(MailBacklog backlog) => Volatile.Write(ref _backlog, backlog);
}
