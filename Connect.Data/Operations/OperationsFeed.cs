using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Connect.Data.Operations;

/// <summary>
/// The view of the operations page, shared by all watchers of an instance: the database is read once an interval, and
/// not at all without watchers.
/// </summary>
public sealed class OperationsFeed : IDisposable
{
    private readonly OperationsReader _reader;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private OperationsView? _last;
    private long _readAt;

    internal OperationsFeed(OperationsReader reader, IOptions<OperationsOptions> options, TimeProvider time) =>
        (_reader, _interval, _time) = (reader, options.Value.Interval, time);

    /// <summary>The present view, at most an interval old.</summary>
    public async Task<OperationsView> ReadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } last && _time.GetElapsedTime(_readAt) < _interval)
            {
                return last;
            }

            _last = await _reader.ReadAsync(_last, cancellationToken).ConfigureAwait(false);
            _readAt = _time.GetTimestamp();
            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The present view at once, and each new one until the watcher cancels.</summary>
    public async IAsyncEnumerable<OperationsView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, _time);
        do
        {
            yield return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();
}
