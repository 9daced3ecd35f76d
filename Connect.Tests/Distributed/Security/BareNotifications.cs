using Npgsql;

namespace Connect.Tests.Distributed.Security;

/// <summary>
/// The control of how soon instances know: the time that Postgres and this machine take to notify, without Connect. What takes longer on
/// a busy machine takes longer here too, and is no fault of the product.
/// </summary>
internal sealed class BareNotifications
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly List<Heard> _heard = [];

    public int Count => _heard.Count;

    public TimeSpan Slowest => _heard.Select(one => one.Took).DefaultIfEmpty().Max();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Notifies and listens in a database, again and again.</summary>
    public static async Task<BareNotifications> MeasureAsync(string database, CancellationToken until)
    {
        var control = new BareNotifications();
        await using var listener = new NpgsqlConnection(database);
        await using var sender = new NpgsqlConnection(database);
        await listener.OpenAsync(CancellationToken);
        await sender.OpenAsync(CancellationToken);
        await using (var listen = new NpgsqlCommand("listen bare_notifications", listener))
        {
            await listen.ExecuteNonQueryAsync(CancellationToken);
        }

        await using var notify = new NpgsqlCommand("notify bare_notifications", sender);
        using var pace = new PeriodicTimer(Pace);
        do
        {
            var sentAt = TimeProvider.System.GetTimestamp();
            var notified = notify.ExecuteNonQueryAsync(CancellationToken);
            await listener.WaitAsync(CancellationToken);
            control._heard.Add(new(sentAt, TimeProvider.System.GetTimestamp()));
            await notified;
            await pace.WaitForNextTickAsync(CancellationToken);
        }
        while (!until.IsCancellationRequested);
        return control;
    }

    public int CountOver(TimeSpan limit) => _heard.Count(one => one.Took > limit);

    /// <summary>The slowest of those that were under way within a time.</summary>
    /// <param name="from">Its begin, monotonic.</param>
    /// <param name="duration">Its length.</param>
    public TimeSpan SlowestWithin(long from, TimeSpan duration)
    {
        var until = from + (long)(duration.TotalSeconds * TimeProvider.System.TimestampFrequency);
        return _heard.Where(one => one.SentAt < until && one.HeardAt > from).Select(one => one.Took).DefaultIfEmpty().Max();
    }

    private readonly record struct Heard(long SentAt, long HeardAt)
    {
        public TimeSpan Took => TimeProvider.System.GetElapsedTime(SentAt, HeardAt);
    }
}
