using System.Collections.Concurrent;

namespace Connect.Tests.Distributed.Security;

/// <summary>Where an outage stands.</summary>
internal enum OutagePhase
{
    Before,
    Stopping,
    Down,
    Starting,
    After,
}

/// <summary>An answer under load.</summary>
/// <param name="Phase">The phase of request and answer; a transition where the two differ.</param>
/// <param name="Kind">The kind of request.</param>
/// <param name="Process">The instance.</param>
/// <param name="Answer">The answer.</param>
internal sealed record OutageSample(OutagePhase Phase, string Kind, int Process, AttackAnswer Answer);

/// <summary>Asks again and again, at a bounded pace, until it is stopped or its time is over.</summary>
internal sealed class OutageLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(2));
    private readonly List<Task> _loops = [];
    private volatile OutagePhase _phase;

    /// <summary>Every answer; one that never came is an exception of <see cref="StopAsync"/>.</summary>
    public ConcurrentQueue<OutageSample> Samples { get; } = new();

    public OutagePhase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    public void Start(string kind, int process, Func<int, Task<AttackAnswer>> ask) => _loops.Add(AskAsync(kind, process, ask));

    public int Count(OutagePhase phase, string kind, Func<AttackAnswer, bool>? where = null) =>
        Samples.Count(sample => sample.Phase == phase && sample.Kind == kind && where?.Invoke(sample.Answer) != false);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AskAsync(string kind, int process, Func<int, Task<AttackAnswer>> ask)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var asked = _phase;
            var answer = await ask(number);
            var answered = _phase;

            // A request during a change of phase belongs to the transition.
            var phase = asked == answered ? asked : asked == OutagePhase.Down || answered == OutagePhase.After ? OutagePhase.Starting : OutagePhase.Stopping;
            Samples.Enqueue(new OutageSample(phase, kind, process, answer));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
