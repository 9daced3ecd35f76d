namespace Connect.Caching.Tiers;

/// <summary>
/// Stops operations on a Redis that does not answer. It opens after some failures in a row; then only probes are sent,
/// one at a time, so that no request waits. Failures are counted in a row, not by ratio, so that one request waits for
/// two time-outs at most.
/// </summary>
internal sealed class RedisBreaker(int failuresToBreak, TimeSpan breakDuration, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile int _failures;
    private long _openedAt;
    private bool _probing;

    public bool IsOpen => _failures >= failuresToBreak;

    /// <summary>Whether a request may go through now.</summary>
    public bool TryEnter() => !IsOpen;

    /// <summary>Whether a probe may go through now.</summary>
    public bool TryProbe()
    {
        if (!IsOpen)
        {
            return true;
        }

        lock (_gate)
        {
            if (_probing || time.GetElapsedTime(_openedAt) < breakDuration)
            {
                return false;
            }

            _probing = true;
            return true;
        }
    }

    public void Succeeded()
    {
        if (_failures != 0)
        {
            lock (_gate)
            {
                _failures = 0;
                _probing = false;
            }
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            _failures = Math.Min(_failures + 1, failuresToBreak);
            _openedAt = time.GetTimestamp();
            _probing = false;
        }
    }

    /// <summary>The operation was cancelled by its caller, which says nothing about Redis.</summary>
    public void Abandoned()
    {
        lock (_gate)
        {
            _probing = false;
        }
    }
}
