namespace Connect.AppHost.Servers;

/// <summary>
/// Delays before a crashed server is restarted: 0.5 s, doubled up to 30 s. A long run resets them; after five short
/// runs in a row there is no restart, because the next run would end the same way.
/// </summary>
internal sealed class RestartPolicy(TimeProvider timeProvider)
{
    internal const int ShortRunsBeforeGivingUp = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastingRun = TimeSpan.FromSeconds(20);

    private long _started;
    private int _shortRuns;

    public void OnStarted() => _started = timeProvider.GetTimestamp();

    /// <summary>The time to wait, or null to give up.</summary>
    public TimeSpan? OnCrashed()
    {
        _shortRuns = timeProvider.GetElapsedTime(_started) >= LastingRun ? 1 : _shortRuns + 1;
        if (_shortRuns >= ShortRunsBeforeGivingUp)
        {
            return null;
        }

        var delay = FirstDelay * Math.Pow(2, _shortRuns - 1);
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
